package org.secolab.lattice.ring;

import org.secolab.lattice.arith.Modulus;

/** Sums of products as 128-bit integers. */
final class ScalarProducts implements PointwiseProducts {
  private final Modulus modulus;
  private final int capacity; // products of residues that fit into 127 bits with one residue

  ScalarProducts(Modulus modulus) {
    this.modulus = modulus;
    capacity = (1 << Math.min(20, 127 - 2 * modulus.bits())) - 1;
  }

  @Override
  public void sum(long[][] a, long[][] b, long[] result) {
    for (int j = 0; j < result.length; j++) {
      long high = 0;
      long low = 0;
      int room = capacity;
      for (int i = 0; i < a.length; i++) {
        if (room-- == 0) {
          low = modulus.reduce(high, low);
          high = 0;
          room = capacity - 1;
        }
        long x = a[i][j];
        long y = b[i][j];
        long product = x * y;
        long sum = low + product;
        // The carry out of the low word, as unsigned words.
        long carry = ((low & product) | ((low | product) & ~sum)) >>> 63;
        low = sum;
        high += Math.multiplyHigh(x, y) + carry;
      }
      result[j] = modulus.reduce(high, low);
    }
  }
}
