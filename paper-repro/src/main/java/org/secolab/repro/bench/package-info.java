/**
 * Benchmarks by JMH: classes of benchmarks, and what runs them in a JVM of their own, on the class
 * path, where JMH can fork. A figure is CPU time per operation, the smallest over all measured
 * iterations: what a quiet machine would show. Bytes allocated per operation stand beside it.
 * Figures of different runs or machines compare only as multiples of the calibration rows.
 */
@NullMarked
package org.secolab.repro.bench;

import org.jspecify.annotations.NullMarked;
