package org.secolab.protocol.adversary;

import java.util.BitSet;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.sample.FloodingSampler;

/** What a server publishes of a product F·Enc(r), each time with one guard missing. */
final class WeakenedProduct {
  private WeakenedProduct() {}

  /** Pad and flood are added to c_0, but no fresh encryption: c_1 stays that of the product. */
  static Ciphertext withoutRerandomisation(
      BfvParameters parameters,
      Ciphertext product,
      long[] pad,
      Flooding flooding,
      RandomSource random) {
    Ciphertext evaluated = product.evaluated();
    RnsPolynomial flood = new FloodingSampler(parameters.ring(), flooding.bound()).sample(random);
    RnsPolynomial c0 =
        flood
            .addInPlace(parameters.encoder().message(pad))
            .transformTo(Domain.EVALUATION)
            .addInPlace(evaluated.c0());
    return new Ciphertext(c0, evaluated.c1());
  }

  /** Re-randomised and flooded, but padded only where values stand, and sent whole. */
  static Ciphertext withBareUnusedCoefficients(
      BfvEncryptor encryptor,
      Ciphertext product,
      long[] pad,
      BitSet used,
      Flooding flooding,
      RandomSource random) {
    long[] partial = new long[pad.length];
    used.stream().forEach(position -> partial[position] = pad[position]);
    return encryptor.rerandomise(product, partial, flooding, random);
  }
}
