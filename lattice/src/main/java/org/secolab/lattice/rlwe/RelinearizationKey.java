package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;

/**
 * The way back from products of two ciphertexts: a key from s² to s.
 *
 * @param key from s² to s
 */
public record RelinearizationKey(KeySwitchingKey key) {
  /** The key of one owner. */
  public static RelinearizationKey generate(
      RlweParameters parameters, SecretKey secretKey, RandomSource random) {
    return new RelinearizationKey(
        KeySwitchingKey.generate(
            parameters,
            secretKey.evaluatedInKeyRing().times(secretKey.evaluatedInKeyRing()),
            secretKey,
            random));
  }
}
