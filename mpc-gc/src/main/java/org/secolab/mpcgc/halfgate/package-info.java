/**
 * One AND gate, for many instances at once: the tweaked hash, the rows a garbler makes, and how the
 * evaluator uses them.
 *
 * <p>{@link org.secolab.mpcgc.halfgate.GarblingScheme} says how rows look: {@link
 * org.secolab.mpcgc.halfgate.HalfGates} is the fast one, {@link
 * org.secolab.mpcgc.halfgate.ConservativeRows} the published one, {@link
 * org.secolab.mpcgc.halfgate.Bmr} the textbook. All use {@link
 * org.secolab.mpcgc.halfgate.TweakedHash}, which sits on {@link
 * org.secolab.mpcgc.halfgate.FixedKeyPermutation}. {@link org.secolab.mpcgc.halfgate.ProductPads}
 * are the pads of the preprocessing.
 */
@NullMarked
package org.secolab.mpcgc.halfgate;

import org.jspecify.annotations.NullMarked;
