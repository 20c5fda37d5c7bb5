package org.secolab.lattice.bfv;

import java.math.BigInteger;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.RoundedFractions;
import org.secolab.lattice.ring.Scratch;

/**
 * x ↦ round(t·x/q) mod t for integers x modulo q, given by their residues: decryption, and the way
 * to keep only the high bits of a polynomial.
 *
 * <p>With w the representative of t·x mod q in [−q/2, q/2), t·x − w is the multiple of q that
 * rounding leads to, so the result is −w·q^−1 mod t. By {@link RoundedFractions}, w = Σ y_i·q_i −
 * α·q with q_i = q/p_i, hence the result is α − Σ y_i·(q_i·q^−1 mod t) mod t. Where w is so close
 * to ±q/2 that α is in doubt, noise is far beyond what decryption allows.
 */
public final class ScaledRounding {
  private final Ring ring;
  private final PlaintextModulus t;
  private final RoundedFractions fractions; // of t·x
  private final long[] weights; // −q_i·q^−1 mod t

  /** The map for elements of {@code ring}; t must be prime to q. */
  public ScaledRounding(Ring ring, PlaintextModulus t) {
    this.ring = ring;
    this.t = t;
    BigInteger bigT = BigInteger.valueOf(t.value());
    fractions = new RoundedFractions(ring, bigT);
    weights = new long[ring.size()];
    for (int i = 0; i < weights.length; i++) {
      BigInteger others = ring.q().divide(BigInteger.valueOf(ring.primes().get(i)));
      weights[i] = others.multiply(ring.q().modInverse(bigT)).negate().mod(bigT).longValueExact();
    }
  }

  /** round(t·x/q) mod t for each coefficient; {@code x} in {@link Domain#COEFFICIENT}. */
  public long[] apply(RnsPolynomial x) {
    long[] result = new long[ring.degree()];
    apply(x, result);
    return result;
  }

  /** The same into an array that the caller owns. */
  void apply(RnsPolynomial x, long[] result) {
    try (Scratch scratch = Scratch.open()) {
      long[][] y = scratch.rows(ring.size(), ring.degree());
      long[] alpha = scratch.row(ring.degree());
      fractions.apply(x, y, alpha);
      for (int j = 0; j < result.length; j++) {
        long sum = t.reduce(alpha[j]);
        for (int i = 0; i < weights.length; i++) {
          sum = t.add(sum, t.multiply(t.reduce(y[i][j]), weights[i]));
        }
        result[j] = sum;
      }
    }
  }
}
