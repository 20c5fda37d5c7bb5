/**
 * What all schemes from ring learning with errors share: keys, ciphertexts, flooding, and the check
 * of parameters against the published security table.
 *
 * <p>s ternary, a uniform, e narrow: (−(a·s + e), a) is a public key. A ciphertext (c_0, c_1) has
 * the phase c_0 + c_1·s, which is the scaled message plus noise; the scheme above says how messages
 * are scaled.
 */
@NullMarked
package org.secolab.lattice.rlwe;

import org.jspecify.annotations.NullMarked;
