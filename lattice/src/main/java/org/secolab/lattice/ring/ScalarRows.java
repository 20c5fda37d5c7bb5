package org.secolab.lattice.ring;

import org.secolab.lattice.arith.Modulus;

/** One word after the other; sums of products as 128-bit integers. */
final class ScalarRows implements RowArithmetic {
  private final Modulus modulus;
  private final int capacity; // products of residues that fit into 127 bits with one residue

  ScalarRows(Modulus modulus) {
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
        high += Math.multiplyHigh(x, y) + carry(low, product, sum);
        low = sum;
      }
      result[j] = modulus.reduce(high, low);
    }
  }

  /** The carry out of the low word of a sum, as unsigned words. */
  static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  @Override
  public void addProduct(long[] a, long[] b, long[] result) {
    for (int j = 0; j < result.length; j++) {
      result[j] = modulus.add(result[j], modulus.multiply(a[j], b[j]));
    }
  }

  @Override
  public void multiply(long[] a, long factor, long[] result) {
    long companion = modulus.shoup(factor);
    for (int j = 0; j < result.length; j++) {
      result[j] = modulus.multiplyShoup(a[j], factor, companion);
    }
  }

  @Override
  public void multiplyDifference(long[] a, long[] b, long factor, long[] result) {
    long companion = modulus.shoup(factor);
    for (int j = 0; j < result.length; j++) {
      result[j] = modulus.multiplyShoup(modulus.subtract(a[j], b[j]), factor, companion);
    }
  }

  @Override
  public void reduceSigned(long[] integers, long[] result) {
    for (int j = 0; j < result.length; j++) {
      result[j] = modulus.reduceSigned(integers[j]);
    }
  }

  /** 33 products of 61 bits each fit into 128 bits. */
  @Override
  public void weightedSum(
      long[][] y, long[] weights, long[] alpha, long alphaWeight, long[] result) {
    for (int j = 0; j < result.length; j++) {
      long low = alpha[j] * alphaWeight;
      long high = Math.multiplyHigh(alpha[j], alphaWeight);
      for (int i = 0; i < y.length; i++) {
        long product = y[i][j] * weights[i];
        long sum = low + product;
        high += Math.multiplyHigh(y[i][j], weights[i]) + carry(low, product, sum);
        low = sum;
      }
      result[j] = modulus.reduce(high, low);
    }
  }

  @Override
  public int maxBits() {
    return Modulus.MAX_BITS;
  }
}
