package org.secolab.lattice.scheme;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.rlwe.Flooding;

/**
 * Whoever has the public key.
 *
 * @param <C> ciphertexts
 */
public interface Encryptor<C> {
  /**
   * A fresh encryption.
   *
   * @param coefficients N residues in [0, t); not kept
   */
  C encrypt(long[] coefficients, RandomSource random);

  /**
   * Adds {@code coefficients} and makes the result independent of how {@code ciphertext} came
   * about: a fresh encryption is added, and noise that floods the old one's. Without it, the
   * quotient of a product's and its factor's c_1 is the plaintext factor.
   *
   * @param coefficients N residues in [0, t), zeros to leave the message as it is
   */
  C rerandomise(C ciphertext, long[] coefficients, Flooding flooding, RandomSource random);
}
