/**
 * Questions put to the protocols, and the paper's tables and figures among them.
 *
 * <p>An {@link org.secolab.repro.experiment.Experiment} is a name, a list of {@link
 * org.secolab.repro.experiment.Point}s to run, and what to make of the {@link
 * org.secolab.repro.experiment.Measurement}s. Points are shared: Table IV over k remote layers and
 * Fig. 4 over l = 62 − k gateway layers are the same runs. Each point is an independent job; {@link
 * org.secolab.repro.experiment.Results} keeps them as JSON files, so that any scheduler can spread
 * them over machines and a broken-off sweep goes on where it stopped.
 *
 * <p>Bytes need no run: a protocol's plan predicts every frame exactly, which each run confirms
 * again. Times do: {@link org.secolab.repro.experiment.CostModel} is fitted to what was measured.
 */
@NullMarked
package org.secolab.repro.experiment;

import org.jspecify.annotations.NullMarked;
