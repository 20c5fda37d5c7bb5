/**
 * The plain definitions: what a float network computes ({@link
 * org.secolab.modelio.reference.FloatInterpreter}), and what every secure protocol must output, bit
 * for bit ({@link org.secolab.modelio.reference.FixedPointInterpreter}). Written to be read, not to
 * be fast; the fast kernels are tested against them. The next layer down is {@code fixed}.
 */
@NullMarked
package org.secolab.modelio.reference;

import org.jspecify.annotations.NullMarked;
