package org.secolab.lattice.rlwe;

import org.jspecify.annotations.Nullable;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.CentredBinomialSampler;

/**
 * (p_0, p_1) with p_0 + p_1·s = −e: an encryption of zero under s, which may be a sum that nobody
 * knows. Both polynomials in {@link Domain#EVALUATION}. Immutable by contract.
 */
public final class PublicKey {
  private static final int EXPLICIT = 0;
  private static final int SEEDED = 1;

  private final RnsPolynomial p0;
  private final RnsPolynomial p1;
  private final @Nullable UniformSeed seed;

  /** The key of the two polynomials; takes ownership. */
  public PublicKey(RnsPolynomial p0, RnsPolynomial p1) {
    this(p0, p1, null);
  }

  /** The key whose p_1 is expanded from a seed, so that its wire form is half as large. */
  public static PublicKey ofSeed(RnsPolynomial p0, UniformSeed seed) {
    return new PublicKey(p0, seed.expand(p0.ring(), 0), seed);
  }

  private PublicKey(RnsPolynomial p0, RnsPolynomial p1, @Nullable UniformSeed seed) {
    p0.expect(Domain.EVALUATION);
    p1.expect(Domain.EVALUATION);
    this.p0 = p0;
    this.p1 = p1;
    this.seed = seed;
  }

  /** A key for one secret key: p_1 uniform, p_0 = −(p_1·s + e). */
  public static PublicKey generate(
      RlweParameters parameters, SecretKey secretKey, RandomSource random) {
    UniformSeed seed = UniformSeed.draw(random);
    RnsPolynomial p1 = seed.expand(parameters.ring(), 0);
    return new PublicKey(share(p1, secretKey, random), p1, seed);
  }

  /** −(p_1·s + e) with fresh noise: p_0 of a key, or one party's share of a collective one. */
  public static RnsPolynomial share(RnsPolynomial p1, SecretKey secretKey, RandomSource random) {
    RnsPolynomial product = p1.times(secretKey.evaluated());
    return CentredBinomialSampler.addTo(product, random).negateInPlace();
  }

  /** p_0. */
  public RnsPolynomial p0() {
    return p0;
  }

  /** p_1. */
  public RnsPolynomial p1() {
    return p1;
  }

  /** Appends p_0, and the seed of p_1, or where there is none, p_1. */
  public void writeTo(WireWriter out) {
    out.u8(seed == null ? EXPLICIT : SEEDED);
    p0.writeTo(out);
    if (seed == null) {
      p1.writeTo(out);
    } else {
      seed.writeTo(out);
    }
  }

  /** The number of bytes that {@link #writeTo} appends for a key with a seed. */
  public static int seededWireBytes(RlweParameters parameters) {
    return 1 + RnsPolynomial.wireBytes(parameters.ring()) + SeededRandom.SEED_BYTES;
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static PublicKey read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    int form = in.u8();
    if (form != EXPLICIT && form != SEEDED) {
      throw new MalformedMessageException("expected a public key's form, got " + form);
    }
    RnsPolynomial p0 = RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION);
    return form == SEEDED
        ? ofSeed(p0, UniformSeed.read(in))
        : new PublicKey(p0, RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION));
  }

  @Override
  public String toString() {
    return "PublicKey over " + p0.ring();
  }
}
