package org.secolab.lattice.rlwe;

import java.util.Arrays;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.TernarySampler;

/**
 * A secret key s, or one party's additive share of a collective one: ternary when generated, any
 * ring element when it stems from threshold shares. Remembers for which ciphertexts a share left
 * this party, so that no second one does.
 */
public final class SecretKey implements Secret {
  private static final int FORMAT = 1;

  private final RnsPolynomial evaluated;
  private final RnsPolynomial evaluatedInKeyRing;
  private final ShareClaims claims;
  private boolean closed;

  private SecretKey(RlweParameters parameters, RnsPolynomial evaluatedInKeyRing) {
    this(parameters, evaluatedInKeyRing, ShareClaims.none());
  }

  private SecretKey(
      RlweParameters parameters, RnsPolynomial evaluatedInKeyRing, ShareClaims claims) {
    this.evaluatedInKeyRing = evaluatedInKeyRing;
    this.claims = claims;
    evaluated = evaluatedInKeyRing.restrictedTo(parameters.ring());
  }

  /** A fresh key. */
  public static SecretKey generate(RlweParameters parameters, RandomSource random) {
    long[] ternary = TernarySampler.sample(parameters.ring().degree(), random);
    SecretKey key =
        new SecretKey(
            parameters,
            RnsPolynomial.ofSigned(parameters.keyRing(), ternary).transformTo(Domain.EVALUATION));
    Arrays.fill(ternary, 0);
    return key;
  }

  /**
   * The key that is this element of the key ring, in {@link Domain#EVALUATION}; takes ownership.
   */
  public static SecretKey of(RlweParameters parameters, RnsPolynomial evaluatedInKeyRing) {
    evaluatedInKeyRing.expect(Domain.EVALUATION);
    if (!evaluatedInKeyRing.ring().equals(parameters.keyRing())) {
      throw new IllegalArgumentException(
          "expected an element of " + parameters.keyRing() + ", got another ring");
    }
    return new SecretKey(parameters, evaluatedInKeyRing);
  }

  /** A key that has its memory of ciphertexts in common with others. */
  static SecretKey withClaims(
      RlweParameters parameters, RnsPolynomial evaluatedInKeyRing, ShareClaims claims) {
    return new SecretKey(parameters, evaluatedInKeyRing, claims);
  }

  /**
   * The sum of all shares: what nobody may know in a real run.
   *
   * @param shares of the same parameters
   */
  public static SecretKey insecureSum(RlweParameters parameters, Iterable<SecretKey> shares) {
    RnsPolynomial sum = RnsPolynomial.zero(parameters.keyRing(), Domain.EVALUATION);
    for (SecretKey share : shares) {
      sum.addInPlace(share.evaluatedInKeyRing());
    }
    return new SecretKey(parameters, sum);
  }

  /** s in R_q, in {@link Domain#EVALUATION}; not a copy, not to be changed. */
  public RnsPolynomial evaluated() {
    expectOpen();
    return evaluated;
  }

  /** s in R_qp, in {@link Domain#EVALUATION}; not a copy, not to be changed. */
  public RnsPolynomial evaluatedInKeyRing() {
    expectOpen();
    return evaluatedInKeyRing;
  }

  /**
   * Notes that a share s·c_1 plus noise is about to leave this party.
   *
   * @param c1 in {@link Domain#EVALUATION}
   * @throws IllegalArgumentException if one left before: the mean of many shares has no noise
   */
  public void claimShare(RnsPolynomial c1) {
    c1.expect(Domain.EVALUATION);
    if (!claims.add(c1)) {
      throw new IllegalArgumentException(
          "expected a ciphertext no share was made for, got one for the second time");
    }
  }

  /**
   * Appends format, s itself, in the clear, and the memory of shares: for a place that only this
   * party can read. What is written before a share leaves must not be read after it, or the key
   * would make a second one.
   */
  public void writeTo(WireWriter out) {
    expectOpen();
    out.u8(FORMAT);
    evaluatedInKeyRing.writeTo(out);
    claims.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static SecretKey read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessageException(
          "expected secret key format " + FORMAT + ", got " + format);
    }
    RnsPolynomial s = RnsPolynomial.read(in, parameters.keyRing(), Domain.EVALUATION);
    return new SecretKey(parameters, s, ShareClaims.read(in));
  }

  private void expectOpen() {
    if (closed) {
      throw new IllegalStateException("expected an open secret key, got a closed one");
    }
  }

  @Override
  public void close() {
    evaluatedInKeyRing.wipe();
    closed = true;
  }

  @Override
  public String toString() {
    return "SecretKey";
  }
}
