/** Arithmetic modulo one number of at most 61 bits, and the primes the rings are built from. */
@NullMarked
package org.secolab.lattice.arith;

import org.jspecify.annotations.NullMarked;
