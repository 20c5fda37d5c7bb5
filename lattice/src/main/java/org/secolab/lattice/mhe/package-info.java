/**
 * Multiparty homomorphic encryption: Mouchet, Troncoso-Pastoriza, Bossuat, Hubaux, Multiparty
 * Homomorphic Encryption from Ring-Learning-with-Errors, PoPETs 2021(4) (eprint 2020/304).
 *
 * <p>Each key holder i has a ternary s_i; the secret key s = Σ s_i exists nowhere. Every protocol
 * is one round, or a chain of rounds, of {@link org.secolab.foundation.round.Round}; what a party
 * sends is fixed when its round is built, so nobody gets two different shares of one thing.
 *
 * <ul>
 *   <li>{@link org.secolab.lattice.mhe.CollectivePublicKeyGen}: everybody sends p_{0,i} = −(p_1·s_i
 *       + e_i), p_1 from a common reference string; the key is (Σ p_{0,i}, p_1).
 *   <li>{@link org.secolab.lattice.mhe.CollectiveDecryption}: everybody but the receiver sends
 *       s_i·c_1 + flood; the receiver rounds c_0 + s_r·c_1 + Σ shares. Its own share never leaves
 *       and needs no flood.
 *   <li>{@link org.secolab.lattice.mhe.RelinearizationKeyGen}, {@link
 *       org.secolab.lattice.mhe.GaloisKeyGen}: keys for products and rotations.
 *   <li>{@link org.secolab.lattice.mhe.CollectiveKeySwitch}, {@link
 *       org.secolab.lattice.mhe.PublicKeySwitch}: to other keys.
 *   <li>{@link org.secolab.lattice.mhe.CiphertextToShares}, {@link
 *       org.secolab.lattice.mhe.SharesToCiphertext}, {@link org.secolab.lattice.mhe.Refresh}: to
 *       additive shares modulo t, back, and both at once.
 *   <li>{@link org.secolab.lattice.mhe.ThresholdSharing}: so that fewer than all are enough.
 * </ul>
 *
 * <p><b>Why flooding.</b> A share without it tells its receiver s_i·c_1 up to narrow noise, and the
 * phase's noise tells him what was multiplied. With noise uniform on [−2^stat·B_0, 2^stat·B_0], B_0
 * a bound on the noise before any flooding, an honest party's share can be replaced by round(q·m/t)
 * + flood − c_0 − (all other shares) at a statistical distance of at most 2^−stat per coefficient;
 * then the collective key by a uniform one and honest ciphertexts by uniform pairs, under ring
 * learning with errors. What is left depends on the receiver's output m only. Floods need not be
 * hidden by other floods.
 */
@NullMarked
package org.secolab.lattice.mhe;

import org.jspecify.annotations.NullMarked;
