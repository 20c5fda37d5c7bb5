package org.secolab.lattice.rlwe;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.TernarySampler;

/**
 * A secret key s, or one party's additive share of a collective one: ternary when generated, any
 * ring element when it stems from threshold shares. Remembers for which ciphertexts a share left
 * this party, so that no second one does.
 */
public final class SecretKey implements Secret {
  private final RnsPolynomial evaluated;
  private final RnsPolynomial evaluatedInKeyRing;
  private final Set<Object> claims; // marks of the ciphertexts that a share was made for
  private boolean closed;

  private SecretKey(RlweParameters parameters, RnsPolynomial evaluatedInKeyRing) {
    this(parameters, evaluatedInKeyRing, ConcurrentHashMap.newKeySet());
  }

  private SecretKey(
      RlweParameters parameters, RnsPolynomial evaluatedInKeyRing, Set<Object> claims) {
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
      RlweParameters parameters, RnsPolynomial evaluatedInKeyRing, Set<Object> claims) {
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
    // Equal elements agree in any of their residues; different ones hardly ever in three of each
    // row, and if somebody makes them agree, he is refused.
    int count = Math.min(3, c1.ring().degree());
    Long[] mark = new Long[count * c1.ring().size()];
    for (int i = 0; i < mark.length; i++) {
      mark[i] = c1.row(i / count)[i % count];
    }
    if (!claims.add(List.of(mark))) {
      throw new IllegalArgumentException(
          "expected a ciphertext no share was made for, got one for the second time");
    }
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
