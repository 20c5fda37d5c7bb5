/**
 * The distributions of ring learning with errors: uniform, ternary, narrow noise, flooding noise.
 * All draw whole words from a {@link org.secolab.foundation.random.RandomSource}, in bulk; where a
 * candidate is rejected, the time depends on rejected candidates only, never on a kept one.
 *
 * <p>Narrow noise is a centred binomial of 2·21 bits: standard deviation √10.5 = 3.24, the
 * distribution several libraries use in place of a discrete Gaussian with σ = 3.2. It has no table,
 * no branch and no floating point, so it takes the same time for every value; its tails end at 21,
 * where the Gaussian's have a weight of 2^−32; and security against lattice attacks depends on the
 * standard deviation, not on the shape. Gaussian tails would matter only for reductions between
 * worst and average case, which no parameter set in use is chosen by.
 */
@NullMarked
package org.secolab.lattice.sample;

import org.jspecify.annotations.NullMarked;
