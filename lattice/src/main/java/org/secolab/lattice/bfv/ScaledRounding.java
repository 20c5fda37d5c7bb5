package org.secolab.lattice.bfv;

import java.math.BigInteger;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;

/**
 * x ↦ round(t·x/q) mod t for integers x modulo q, given by their residues: decryption, and the way
 * to keep only the high bits of a polynomial.
 *
 * <p>With w the representative of t·x mod q in [−q/2, q/2), t·x − w is the multiple of q that
 * rounding leads to, so the result is −w·q^−1 mod t. By the Chinese remainder theorem w = Σ y_i·q_i
 * − α·q with q_i = q/p_i, y_i = [t·x·q_i^−1] mod p_i and α = round(Σ y_i/p_i), hence the result is
 * α − Σ y_i·(q_i·q^−1 mod t) mod t.
 *
 * <p>α is computed from fractions of 64 bits, each short by less than 2^−63. It is exact unless w
 * is within size·2^−63·q of ±q/2, where noise is far beyond what decryption allows.
 */
public final class ScaledRounding {
  private static final long HALF = Long.MIN_VALUE; // 1/2 as a fraction of 64 bits

  private final Ring ring;
  private final PlaintextModulus t;
  private final long[] factors; // t·q_i^−1 mod p_i
  private final long[] factorsShoup;
  private final long[] reciprocals; // the first 64 bits of 1/p_i behind the point
  private final long[] reciprocalsLow; // the next 64 bits
  private final long[] weights; // −q_i·q^−1 mod t

  /** The map for elements of {@code ring}; t must be prime to q. */
  public ScaledRounding(Ring ring, PlaintextModulus t) {
    this.ring = ring;
    this.t = t;
    int size = ring.size();
    factors = new long[size];
    factorsShoup = new long[size];
    reciprocals = new long[size];
    reciprocalsLow = new long[size];
    weights = new long[size];
    BigInteger bigT = BigInteger.valueOf(t.value());
    for (int i = 0; i < size; i++) {
      Modulus modulus = ring.modulus(i);
      BigInteger prime = BigInteger.valueOf(modulus.value());
      BigInteger others = ring.q().divide(prime);
      factors[i] = modulus.reduce(bigT.multiply(others.modInverse(prime)));
      factorsShoup[i] = modulus.shoup(factors[i]);
      BigInteger[] division = BigInteger.ONE.shiftLeft(64).divideAndRemainder(prime);
      reciprocals[i] = division[0].longValue();
      reciprocalsLow[i] = division[1].shiftLeft(64).divide(prime).longValue();
      weights[i] = others.multiply(ring.q().modInverse(bigT)).negate().mod(bigT).longValueExact();
    }
  }

  /** round(t·x/q) mod t for each coefficient; {@code x} in {@link Domain#COEFFICIENT}. */
  public long[] apply(RnsPolynomial x) {
    x.expect(Domain.COEFFICIENT);
    if (!x.ring().equals(ring)) {
      throw new IllegalArgumentException("expected an element of " + ring + ", got " + x.ring());
    }
    long[] result = new long[ring.degree()];
    for (int j = 0; j < result.length; j++) {
      long sum = 0; // Σ y_i·weights_i mod t
      long whole = 0; // ⌊Σ y_i/p_i⌋
      long fraction = HALF; // its fraction, plus one half to make rounding a floor
      for (int i = 0; i < factors.length; i++) {
        Modulus modulus = ring.modulus(i);
        long y = modulus.multiplyShoup(x.row(i)[j], factors[i], factorsShoup[i]);
        sum = t.add(sum, t.multiply(t.reduce(y), weights[i]));
        // y/p with 64 bits behind the point: y·(first word of 1/p) and the carry of the second.
        long part = y * reciprocals[i] + Math.unsignedMultiplyHigh(y, reciprocalsLow[i]);
        long next = fraction + part;
        whole += ((fraction & part) | ((fraction | part) & ~next)) >>> 63;
        fraction = next;
      }
      result[j] = t.add(sum, t.reduce(whole));
    }
    return result;
  }
}
