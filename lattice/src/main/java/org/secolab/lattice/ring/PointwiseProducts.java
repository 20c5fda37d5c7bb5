package org.secolab.lattice.ring;

/** Products modulo one prime, place by place. All implementations agree on every input. */
interface PointwiseProducts {
  /**
   * result[j] = Σ_i a[i][j]·b[i][j] mod q, reduced once or seldom.
   *
   * @param a rows of residues in [0, q), all as long as {@code result}
   * @param b as many
   * @param result may be one of the rows
   */
  void sum(long[][] a, long[][] b, long[] result);
}
