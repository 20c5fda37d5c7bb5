package org.secolab.lattice.scheme;

/**
 * Whoever has the secret key.
 *
 * @param <C> ciphertexts
 */
@FunctionalInterface
public interface Decryptor<C> {
  /** N residues in [0, t). */
  long[] decrypt(C ciphertext);
}
