package org.secolab.lattice.ring;

import org.secolab.lattice.arith.Modulus;

/**
 * Σ a_i · b_i in {@link Domain#EVALUATION} with one reduction at the end: the products are summed
 * as 128-bit integers.
 *
 * <p>Takes up to 2^5 − 1 and more products, depending on the primes, before it reduces by itself. A
 * sum is used once and belongs to one thread.
 */
public final class ProductSum {
  private final Ring ring;
  private final long[][] high;
  private final long[][] low;
  private int pending;

  /** An empty sum. */
  public ProductSum(Ring ring) {
    this.ring = ring;
    high = new long[ring.size()][ring.degree()];
    low = new long[ring.size()][ring.degree()];
  }

  /** How many products of residues fit into 127 bits together with one reduced residue. */
  private int capacity() {
    int bits = 0;
    for (int i = 0; i < ring.size(); i++) {
      bits = Math.max(bits, 2 * ring.modulus(i).bits());
    }
    return (1 << Math.min(20, 127 - bits)) - 1;
  }

  /** Adds a · b. */
  public ProductSum add(RnsPolynomial a, RnsPolynomial b) {
    a.expect(Domain.EVALUATION);
    b.expect(Domain.EVALUATION);
    if (!a.ring().equals(ring) || !b.ring().equals(ring)) {
      throw new IllegalArgumentException("expected elements of " + ring + ", got another ring");
    }
    if (pending == capacity()) {
      reduce();
    }
    for (int i = 0; i < ring.size(); i++) {
      addRow(a.row(i), b.row(i), high[i], low[i]);
    }
    pending++;
    return this;
  }

  private static void addRow(long[] a, long[] b, long[] high, long[] low) {
    for (int j = 0; j < a.length; j++) {
      long product = a[j] * b[j];
      long sum = low[j] + product;
      // The carry out of the low word: 1 exactly if the sum is below the summand, unsigned.
      long carry = ((low[j] & product) | ((low[j] | product) & ~sum)) >>> 63;
      low[j] = sum;
      high[j] += Math.multiplyHigh(a[j], b[j]) + carry;
    }
  }

  private void reduce() {
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      for (int j = 0; j < ring.degree(); j++) {
        low[i][j] = modulus.reduce(high[i][j], low[i][j]);
        high[i][j] = 0;
      }
    }
    pending = 1;
  }

  /** The sum, in {@link Domain#EVALUATION}. */
  public RnsPolynomial sum() {
    RnsPolynomial result = RnsPolynomial.zero(ring, Domain.EVALUATION);
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      long[] row = result.row(i);
      for (int j = 0; j < row.length; j++) {
        row[j] = modulus.reduce(high[i][j], low[i][j]);
      }
    }
    return result;
  }
}
