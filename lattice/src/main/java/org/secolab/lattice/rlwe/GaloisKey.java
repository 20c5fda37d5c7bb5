package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
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

  /** Appends g and the key. */
  public void writeTo(WireWriter out) {
    out.i32(automorphism.exponent());
    key.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static GaloisKey read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    int degree = parameters.ring().degree();
    int exponent = in.i32();
    if (exponent < 1 || exponent >= 2 * degree || exponent % 2 == 0) {
      throw new MalformedMessageException(
          "expected an odd exponent below " + 2 * degree + ", got " + exponent);
    }
    return new GaloisKey(new Automorphism(degree, exponent), KeySwitchingKey.read(in, parameters));
  }
}
