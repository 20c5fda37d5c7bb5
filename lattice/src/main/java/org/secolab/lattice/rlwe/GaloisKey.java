package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.ring.Automorphism;

/**
 * What one automorphism of ciphertexts takes: a key from s(X^g) to s.
 *
 * @param automorphism X ↦ X^g
 * @param key from s(X^g) to s
 */
public record GaloisKey(Automorphism automorphism, KeySwitchingKey key) {
  /** The key of one owner. */
  public static GaloisKey generate(
      RlweParameters parameters, int exponent, SecretKey secretKey, RandomSource random) {
    Automorphism automorphism = new Automorphism(parameters.ring().degree(), exponent);
    return new GaloisKey(
        automorphism,
        KeySwitchingKey.generate(
            parameters, automorphism.apply(secretKey.evaluatedInKeyRing()), secretKey, random));
  }
}
