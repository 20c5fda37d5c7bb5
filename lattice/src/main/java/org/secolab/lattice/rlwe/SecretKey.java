package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.secret.SecretLongs;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.TernarySampler;

/** A ternary s, or one party's additive share of a collective one. */
public final class SecretKey implements Secret {
  private final SecretLongs coefficients;
  private final RnsPolynomial evaluated;
  private final RnsPolynomial evaluatedInKeyRing;
  private boolean closed;

  private SecretKey(RlweParameters parameters, long[] ternary) {
    coefficients = new SecretLongs(ternary);
    evaluated = evaluate(parameters.ring(), ternary);
    evaluatedInKeyRing =
        parameters.keyRing().equals(parameters.ring())
            ? evaluated
            : evaluate(parameters.keyRing(), ternary);
  }

  private static RnsPolynomial evaluate(Ring ring, long[] ternary) {
    return RnsPolynomial.ofSigned(ring, ternary).transformTo(Domain.EVALUATION);
  }

  /** A fresh key. */
  public static SecretKey generate(RlweParameters parameters, RandomSource random) {
    return new SecretKey(parameters, TernarySampler.sample(parameters.ring().degree(), random));
  }

  /**
   * The sum of all shares: what nobody may know in a real run.
   *
   * @param shares of the same parameters
   */
  public static SecretKey insecureSum(RlweParameters parameters, Iterable<SecretKey> shares) {
    long[] sum = new long[parameters.ring().degree()];
    for (SecretKey share : shares) {
      long[] summand = share.coefficients();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += summand[i];
      }
    }
    return new SecretKey(parameters, sum);
  }

  /** The coefficients, in {−1, 0, 1} for a generated key; not a copy. */
  public long[] coefficients() {
    return coefficients.values();
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

  private void expectOpen() {
    if (closed) {
      throw new IllegalStateException("expected an open secret key, got a closed one");
    }
  }

  @Override
  public void close() {
    coefficients.close();
    evaluated.wipe();
    evaluatedInKeyRing.wipe();
    closed = true;
  }

  @Override
  public String toString() {
    return "SecretKey";
  }
}
