package org.secolab.lattice.ring;

import java.math.BigInteger;

/**
 * From residues modulo the primes of one ring to residues modulo those of another, of the
 * representative of least absolute value: Σ y_i·(q/p_i) − α·q, as {@link RoundedFractions}
 * explains, modulo each prime of the target.
 */
public final class BaseConversion {
  private final Ring from;
  private final Ring to;
  private final RoundedFractions fractions;
  private final RowArithmetic[] arithmetic; // modulo each prime of the target
  private final long[][] weights; // q/p_i modulo each prime of the target
  private final long[] minusQ; // −q modulo each prime of the target

  /** From {@code from} to {@code to}, which have the same degree. */
  public BaseConversion(Ring from, Ring to) {
    if (from.degree() != to.degree()) {
      throw new IllegalArgumentException(
          "expected rings of one degree, got " + from.degree() + " and " + to.degree());
    }
    this.from = from;
    this.to = to;
    fractions = new RoundedFractions(from, BigInteger.ONE);
    arithmetic = new RowArithmetic[to.size()];
    weights = new long[to.size()][from.size()];
    minusQ = new long[to.size()];
    int bits =
        from.primes().stream()
            .mapToInt(p -> Long.SIZE - Long.numberOfLeadingZeros(p))
            .max()
            .orElseThrow();
    for (int j = 0; j < to.size(); j++) {
      arithmetic[j] = to.field(j).arithmeticFor(bits);
      minusQ[j] = to.modulus(j).reduce(from.q().negate());
      for (int i = 0; i < from.size(); i++) {
        weights[j][i] =
            to.modulus(j).reduce(from.q().divide(BigInteger.valueOf(from.primes().get(i))));
      }
    }
  }

  /** The element of the target ring with the same centred coefficients. */
  public RnsPolynomial apply(RnsPolynomial x) {
    RnsPolynomial result = RnsPolynomial.zero(to, Domain.COEFFICIENT);
    apply(x, result);
    return result;
  }

  /**
   * The same into an element that the caller owns.
   *
   * @param x in {@link Domain#COEFFICIENT}
   * @param result an element of the target ring, overwritten
   */
  public void apply(RnsPolynomial x, RnsPolynomial result) {
    result.become(to, Domain.COEFFICIENT);
    try (Scratch scratch = Scratch.open()) {
      long[][] y = scratch.rows(from.size(), from.degree());
      long[] alpha = scratch.row(from.degree());
      fractions.apply(x, y, alpha);
      for (int j = 0; j < arithmetic.length; j++) {
        arithmetic[j].weightedSum(y, weights[j], alpha, minusQ[j], result.row(j));
      }
    }
  }
}
