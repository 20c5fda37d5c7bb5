package org.secolab.lattice.ring;

import java.math.BigInteger;
import org.secolab.lattice.arith.Modulus;

/**
 * From residues modulo the primes of one ring to residues modulo those of another, of the
 * representative of least absolute value: Halevi, Polyakov, Shoup, CT-RSA 2019 (eprint 2018/117),
 * section 2.2, with fractions of 64 bits instead of floating point.
 *
 * <p>x = Σ y_i·(q/p_i) − α·q with y_i = [x·(q/p_i)^−1] mod p_i and α = round(Σ y_i/p_i). Fractions
 * are short by less than 2^−63 each, so α is exact unless x is within size·2^−63·q of ±q/2; there
 * the other representative may come out, one q apart.
 */
public final class BaseConversion {
  private static final long HALF = Long.MIN_VALUE; // 1/2 as a fraction of 64 bits

  private final Ring from;
  private final Ring to;
  private final long[] inverses; // (q/p_i)^−1 mod p_i
  private final long[] inversesShoup;
  private final long[] reciprocals; // the first 64 bits of 1/p_i behind the point
  private final long[] reciprocalsLow; // the next 64 bits
  private final long[][] others; // q/p_i modulo each prime of the target
  private final long[] minusQ; // −q modulo each prime of the target

  /** From {@code from} to {@code to}, which have the same degree. */
  public BaseConversion(Ring from, Ring to) {
    if (from.degree() != to.degree()) {
      throw new IllegalArgumentException(
          "expected rings of one degree, got " + from.degree() + " and " + to.degree());
    }
    this.from = from;
    this.to = to;
    int size = from.size();
    inverses = new long[size];
    inversesShoup = new long[size];
    reciprocals = new long[size];
    reciprocalsLow = new long[size];
    others = new long[to.size()][size];
    minusQ = new long[to.size()];
    for (int i = 0; i < size; i++) {
      Modulus modulus = from.modulus(i);
      BigInteger prime = BigInteger.valueOf(modulus.value());
      BigInteger rest = from.q().divide(prime);
      inverses[i] = modulus.reduce(rest.modInverse(prime));
      inversesShoup[i] = modulus.shoup(inverses[i]);
      BigInteger[] division = BigInteger.ONE.shiftLeft(64).divideAndRemainder(prime);
      reciprocals[i] = division[0].longValue();
      reciprocalsLow[i] = division[1].shiftLeft(64).divide(prime).longValue();
      for (int j = 0; j < to.size(); j++) {
        others[j][i] = to.modulus(j).reduce(rest);
      }
    }
    for (int j = 0; j < to.size(); j++) {
      minusQ[j] = to.modulus(j).reduce(from.q().negate());
    }
  }

  /** The element of the target ring with the same centred coefficients. */
  public RnsPolynomial apply(RnsPolynomial x) {
    x.expect(Domain.COEFFICIENT);
    if (!x.ring().equals(from)) {
      throw new IllegalArgumentException("expected an element of " + from + ", got " + x.ring());
    }
    RnsPolynomial result = RnsPolynomial.zero(to, Domain.COEFFICIENT);
    long[] y = new long[from.size()];
    for (int at = 0; at < from.degree(); at++) {
      long alpha = 0;
      long fraction = HALF; // plus one half, to make rounding a floor
      for (int i = 0; i < y.length; i++) {
        y[i] = from.modulus(i).multiplyShoup(x.row(i)[at], inverses[i], inversesShoup[i]);
        long part = y[i] * reciprocals[i] + Math.unsignedMultiplyHigh(y[i], reciprocalsLow[i]);
        long next = fraction + part;
        alpha += ((fraction & part) | ((fraction | part) & ~next)) >>> 63;
        fraction = next;
      }
      for (int j = 0; j < minusQ.length; j++) {
        result.row(j)[at] = combine(to.modulus(j), y, others[j], alpha, minusQ[j]);
      }
    }
    return result;
  }

  /** Σ y_i·others_i + α·minusQ, reduced once: at most 32 products of 61 bits each fit. */
  private static long combine(Modulus modulus, long[] y, long[] others, long alpha, long minusQ) {
    long low = alpha * minusQ;
    long high = Math.multiplyHigh(alpha, minusQ);
    for (int i = 0; i < y.length; i++) {
      long product = y[i] * others[i];
      long sum = low + product;
      high +=
          Math.multiplyHigh(y[i], others[i])
              + (((low & product) | ((low | product) & ~sum)) >>> 63);
      low = sum;
    }
    return modulus.reduce(high, low);
  }
}
