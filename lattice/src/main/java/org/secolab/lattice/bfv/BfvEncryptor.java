package org.secolab.lattice.bfv;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.sample.CentredBinomialSampler;
import org.secolab.lattice.sample.FloodingSampler;
import org.secolab.lattice.sample.TernarySampler;
import org.secolab.lattice.scheme.Encryptor;

/**
 * Encryption under a public key, single or collective: (p_0·u + e_0 + round(q·m/t), p_1·u + e_1), u
 * ternary.
 */
public final class BfvEncryptor implements Encryptor<Ciphertext> {
  private final BfvParameters parameters;
  private final PublicKey publicKey;

  /** Encrypts under {@code publicKey}. */
  public BfvEncryptor(BfvParameters parameters, PublicKey publicKey) {
    this.parameters = parameters;
    this.publicKey = publicKey;
  }

  /** The key it encrypts under. */
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Ciphertext encrypt(long[] coefficients, RandomSource random) {
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial mask = mask(scratch, random);
      RnsPolynomial c0 = noise(random);
      parameters.encoder().addMessage(c0, coefficients);
      c0.transformTo(Domain.EVALUATION).addProductInPlace(publicKey.p0(), mask);
      RnsPolynomial c1 = noise(random);
      c1.transformTo(Domain.EVALUATION).addProductInPlace(publicKey.p1(), mask);
      return new Ciphertext(c0, c1);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The result has c_0, which carries the flood, in {@link Domain#COEFFICIENT}, and c_1 in
   * {@link Domain#EVALUATION}: one inverse transform for product sum, masking and flooding.
   */
  @Override
  public Ciphertext rerandomise(
      Ciphertext ciphertext, long[] coefficients, Flooding flooding, RandomSource random) {
    Ciphertext evaluated = ciphertext.evaluated();
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial mask = mask(scratch, random);
      RnsPolynomial c0 = evaluated.c0().copy();
      c0.addProductInPlace(publicKey.p0(), mask).transformTo(Domain.COEFFICIENT);
      CentredBinomialSampler.addTo(c0, random);
      parameters.encoder().addMessage(c0, coefficients);
      new FloodingSampler(parameters.ring(), flooding.bound()).addTo(c0, random);
      RnsPolynomial c1 = noise(random);
      c1.transformTo(Domain.EVALUATION)
          .addInPlace(evaluated.c1())
          .addProductInPlace(publicKey.p1(), mask);
      return new Ciphertext(c0, c1);
    }
  }

  private RnsPolynomial mask(Scratch scratch, RandomSource random) {
    RnsPolynomial mask = scratch.polynomial(parameters.ring(), Domain.COEFFICIENT);
    return TernarySampler.set(mask, random).transformTo(Domain.EVALUATION);
  }

  private RnsPolynomial noise(RandomSource random) {
    return CentredBinomialSampler.addTo(
        RnsPolynomial.zero(parameters.ring(), Domain.COEFFICIENT), random);
  }
}
