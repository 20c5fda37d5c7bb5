/**
 * Exact fixed-point networks over a ring Z_t, and the way there from a float graph.
 *
 * <p>With f fractional bits, x̂ = round(x·2^f), ŵ = round(w·2^f), b̂ = round(b·2^(2f)). A linear
 * layer computes acc = Σ ŵ·x̂ + b̂, exactly, modulo t; an activation then takes max(acc, 0) and
 * shifts right by h (h = f, or f + k behind an average over 2^k values), which brings the scale
 * back to f. The rounding constant 2^(h−1) is part of the bias wherever a shift by h follows, so
 * that the shift rounds to nearest. The last layer is not shifted: logits have scale 2f.
 *
 * <p>A {@link org.secolab.modelio.fixed.FixedModel} is a list of layers 1..L that alternate: odd
 * numbers are linear ({@link org.secolab.modelio.fixed.FixedLinear}), even numbers activations
 * ({@link org.secolab.modelio.fixed.FixedActivation}). Where the float network puts two linear
 * layers behind each other, a pure truncation stands between them; where it starts with an
 * activation or puts two behind each other, a linear layer that moves its input unchanged. A model
 * that gives away its decision only ends in a {@link org.secolab.modelio.fixed.FixedArgmax}.
 *
 * <p>Everything wraps modulo t, here and in every protocol, so their equality never depends on
 * ranges. Whether the wrapped result is the right one is the business of the {@link
 * org.secolab.modelio.fixed.RangePolicy}.
 */
@NullMarked
package org.secolab.modelio.fixed;

import org.jspecify.annotations.NullMarked;
