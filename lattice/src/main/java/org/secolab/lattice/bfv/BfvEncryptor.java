package org.secolab.lattice.bfv;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
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

  @Override
  public Ciphertext encrypt(long[] coefficients, RandomSource random) {
    RnsPolynomial mask = mask(random);
    RnsPolynomial c0 =
        noise(random)
            .addInPlace(parameters.encoder().message(coefficients))
            .transformTo(Domain.EVALUATION)
            .addInPlace(publicKey.p0().times(mask));
    RnsPolynomial c1 =
        noise(random)
            .transformTo(Domain.EVALUATION)
            .addInPlace(mask.multiplyInPlace(publicKey.p1()));
    mask.wipe();
    return new Ciphertext(c0, c1);
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
    RnsPolynomial mask = mask(random);
    RnsPolynomial c0 =
        publicKey
            .p0()
            .times(mask)
            .addInPlace(evaluated.c0())
            .transformTo(Domain.COEFFICIENT)
            .addInPlace(noise(random))
            .addInPlace(parameters.encoder().message(coefficients))
            .addInPlace(flood(flooding, random));
    RnsPolynomial c1 =
        noise(random)
            .transformTo(Domain.EVALUATION)
            .addInPlace(evaluated.c1())
            .addInPlace(mask.multiplyInPlace(publicKey.p1()));
    mask.wipe();
    return new Ciphertext(c0, c1);
  }

  private RnsPolynomial mask(RandomSource random) {
    Ring ring = parameters.ring();
    return RnsPolynomial.ofSigned(ring, TernarySampler.sample(ring.degree(), random))
        .transformTo(Domain.EVALUATION);
  }

  private RnsPolynomial noise(RandomSource random) {
    Ring ring = parameters.ring();
    return RnsPolynomial.ofSigned(ring, CentredBinomialSampler.sample(ring.degree(), random));
  }

  private RnsPolynomial flood(Flooding flooding, RandomSource random) {
    return new FloodingSampler(parameters.ring(), flooding.bound()).sample(random);
  }
}
