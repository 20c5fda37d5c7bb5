package org.secolab.lattice.ring;

/**
 * Arithmetic on rows modulo one prime q, place by place. Residues are in [0, q); the result may be
 * one of the operands. All implementations agree on every input.
 */
interface RowArithmetic {
  /**
   * result[j] = Σ_i a[i][j]·b[i][j], reduced once or seldom.
   *
   * @param a rows of residues, all as long as {@code result}
   * @param b as many
   */
  void sum(long[][] a, long[][] b, long[] result);

  /** result[j] = result[j] + a[j]·b[j]. */
  void addProduct(long[] a, long[] b, long[] result);

  /** result[j] = a[j]·factor for a residue {@code factor}. */
  void multiply(long[] a, long factor, long[] result);

  /** result[j] = (a[j] − b[j])·factor for a residue {@code factor}. */
  void multiplyDifference(long[] a, long[] b, long factor, long[] result);

  /** result[j] = the residue of a signed integer of absolute value below 2^62. */
  void reduceSigned(long[] integers, long[] result);

  /**
   * result[j] = Σ_i y[i][j]·weights[i] + alpha[j]·alphaWeight: the second half of {@link
   * RoundedFractions}.
   *
   * @param y at most 32 rows of integers in [0, 2^{@link #maxBits}), residues of other primes
   * @param weights as many residues
   * @param alpha integers from 0 to 32
   * @param alphaWeight a residue
   */
  void weightedSum(long[][] y, long[] weights, long[] alpha, long alphaWeight, long[] result);

  /** How long integers may be that {@link #weightedSum} weights. */
  int maxBits();
}
