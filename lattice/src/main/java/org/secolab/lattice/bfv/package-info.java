/**
 * The scheme of Brakerski, Fan and Vercauteren (eprint 2012/144) in residue number form: messages
 * are vectors of N residues modulo t, a ciphertext's phase is round(q·m/t) plus noise, and
 * decryption rounds t·phase/q to the nearest integer.
 *
 * <p>Messages are scaled by round(q·m/t), not by ⌊q/t⌋·m: with the latter a product with a
 * plaintext w is off by w·m·(q mod t)/t, which for t = 2^37 turned a noise of 2^22 into one of
 * 2^50. Both roundings are exact integer arithmetic; no floating point touches a message or its
 * noise.
 *
 * <p>What a computation may cost is settled when {@link org.secolab.lattice.bfv.BfvParameters} are
 * built: with a declared {@link org.secolab.lattice.bfv.LinearCircuit} they are checked against
 * noise, flooding and the security table, and refused with figures where they do not fit.
 */
@NullMarked
package org.secolab.lattice.bfv;

import org.jspecify.annotations.NullMarked;
