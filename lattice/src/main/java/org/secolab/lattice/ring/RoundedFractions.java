package org.secolab.lattice.ring;

import java.math.BigInteger;
import org.secolab.lattice.arith.Modulus;

/**
 * What leads from the residues of x modulo p_1, p_2, … to x·f modulo anything else: y_i = [x·f_i]
 * mod p_i and α = round(Σ y_i/p_i), in exact integer arithmetic. With f_i = f·(q/p_i)^−1, the
 * representative of x·f mod q of least absolute value is Σ y_i·(q/p_i) − α·q (Halevi, Polyakov,
 * Shoup, CT-RSA 2019, eprint 2018/117, section 2.2); {@link RowArithmetic#weightedSum} evaluates
 * that modulo a prime.
 *
 * <p>Fractions have 64 bits behind the point and are short by less than 2^−63 each, so α is exact
 * unless x·f is within size·2^−63·q of ±q/2; there the other representative may come out, one q
 * apart.
 */
public final class RoundedFractions {
  private static final long HALF = Long.MIN_VALUE; // 1/2 as a fraction of 64 bits

  private final Ring ring;
  private final long[] factors;
  private final long[] reciprocals; // the first 64 bits of 1/p_i behind the point
  private final long[] reciprocalsLow; // the next 64 bits

  /**
   * For elements of {@code ring}, of at most 32 primes.
   *
   * @param f any integer
   */
  public RoundedFractions(Ring ring, BigInteger f) {
    this.ring = ring;
    int size = ring.size();
    factors = new long[size];
    reciprocals = new long[size];
    reciprocalsLow = new long[size];
    for (int i = 0; i < size; i++) {
      Modulus modulus = ring.modulus(i);
      BigInteger prime = BigInteger.valueOf(modulus.value());
      factors[i] = modulus.reduce(f.multiply(ring.q().divide(prime).modInverse(prime)));
      BigInteger[] division = BigInteger.ONE.shiftLeft(64).divideAndRemainder(prime);
      reciprocals[i] = division[0].longValue();
      reciprocalsLow[i] = division[1].shiftLeft(64).divide(prime).longValue();
    }
  }

  /** The ring whose elements it takes. */
  public Ring ring() {
    return ring;
  }

  /**
   * Computes all y_i and α.
   *
   * @param x in {@link Domain#COEFFICIENT}
   * @param y one row per prime, overwritten
   * @param alpha overwritten with integers from 0 to the number of primes
   */
  public void apply(RnsPolynomial x, long[][] y, long[] alpha) {
    x.expect(Domain.COEFFICIENT);
    if (!x.ring().equals(ring)) {
      throw new IllegalArgumentException("expected an element of " + ring + ", got " + x.ring());
    }
    for (int i = 0; i < y.length; i++) {
      ring.field(i).arithmetic().multiply(x.row(i), factors[i], y[i]);
    }
    if (Transforms.vectorised(ring)) {
      VectorFractions.round(this, y, alpha);
    } else {
      round(y, alpha, 0, alpha.length);
    }
  }

  /** α from the y_i, for coefficients {@code from} to {@code to} − 1. */
  void round(long[][] y, long[] alpha, int from, int to) {
    for (int j = from; j < to; j++) {
      long whole = 0;
      long fraction = HALF; // plus one half, to make rounding a floor
      for (int i = 0; i < y.length; i++) {
        // y/p with 64 bits behind the point: y·(first word of 1/p) and the carry of the second.
        long part =
            y[i][j] * reciprocals[i] + Math.unsignedMultiplyHigh(y[i][j], reciprocalsLow[i]);
        long next = fraction + part;
        whole += ScalarRows.carry(fraction, part, next);
        fraction = next;
      }
      alpha[j] = whole;
    }
  }
}
