package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.CentredBinomialSampler;
import org.secolab.lattice.sample.UniformSampler;

/**
 * (p_0, p_1) with p_0 + p_1·s = −e: an encryption of zero under s, which may be a sum that nobody
 * knows. Both polynomials in {@link Domain#EVALUATION}. Immutable by contract.
 */
public final class PublicKey {
  private final RnsPolynomial p0;
  private final RnsPolynomial p1;

  /** The key of the two polynomials; takes ownership. */
  public PublicKey(RnsPolynomial p0, RnsPolynomial p1) {
    p0.expect(Domain.EVALUATION);
    p1.expect(Domain.EVALUATION);
    this.p0 = p0;
    this.p1 = p1;
  }

  /** A key for one secret key: p_1 uniform, p_0 = −(p_1·s + e). */
  public static PublicKey generate(
      RlweParameters parameters, SecretKey secretKey, RandomSource random) {
    RnsPolynomial p1 =
        UniformSampler.polynomial(parameters.ring(), Domain.EVALUATION, random.fork("p1"));
    return new PublicKey(share(p1, secretKey, random.fork("noise")), p1);
  }

  /** −(p_1·s + e) with fresh noise: p_0 of a key, or one party's share of a collective one. */
  public static RnsPolynomial share(RnsPolynomial p1, SecretKey secretKey, RandomSource random) {
    RnsPolynomial noise =
        RnsPolynomial.ofSigned(p1.ring(), CentredBinomialSampler.sample(p1.ring().degree(), random))
            .transformTo(Domain.EVALUATION);
    return p1.times(secretKey.evaluated()).addInPlace(noise).negateInPlace();
  }

  /** p_0. */
  public RnsPolynomial p0() {
    return p0;
  }

  /** p_1. */
  public RnsPolynomial p1() {
    return p1;
  }

  /** Appends both polynomials. */
  public void writeTo(WireWriter out) {
    p0.writeTo(out);
    p1.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static PublicKey read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    RnsPolynomial p0 = RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION);
    return new PublicKey(p0, RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION));
  }

  @Override
  public String toString() {
    return "PublicKey over " + p0.ring();
  }
}
