package org.secolab.mpcgc.label;

/** The definition, in plain loops. */
record ScalarBlocks() implements BlockKernels {
  @Override
  public void xor3(
      long[] a,
      int aFrom,
      long[] b,
      int bFrom,
      long[] c,
      int cFrom,
      long[] target,
      int to,
      int words) {
    for (int i = 0; i < words; i++) {
      target[to + i] = a[aFrom + i] ^ b[bFrom + i] ^ c[cFrom + i];
    }
  }

  @Override
  public void xor2Into(long[] target, int to, long[] a, int aFrom, long[] b, int bFrom, int words) {
    for (int i = 0; i < words; i++) {
      target[to + i] ^= a[aFrom + i] ^ b[bFrom + i];
    }
  }

  @Override
  public void xorInto(long[] target, int to, long[] a, int from, int words) {
    for (int i = 0; i < words; i++) {
      target[to + i] ^= a[from + i];
    }
  }

  @Override
  public void xorWhere(
      long[] plane, int firstBit, long low, long high, long[] target, int to, int blocks) {
    for (int i = 0; i < blocks; i++) {
      long mask = mask(plane, firstBit + i);
      target[2 * (to + i)] ^= mask & low;
      target[2 * (to + i) + 1] ^= mask & high;
    }
  }

  private static long mask(long[] plane, int bit) {
    return plane.length == 0 ? 0 : -(plane[bit >>> 6] >>> bit & 1);
  }

  @Override
  public void absorb(
      long[] x,
      int from,
      long offsetLow,
      long offsetHigh,
      int instance,
      long tweak,
      long[] target,
      int to,
      int blocks) {
    for (int i = 0; i < blocks; i++) {
      long low = offsetLow ^ (x.length == 0 ? 0 : x[2 * (from + i)]);
      long high = offsetHigh ^ (x.length == 0 ? 0 : x[2 * (from + i) + 1]);
      target[2 * (to + i)] = high ^ (instance + i);
      target[2 * (to + i) + 1] = high ^ low ^ tweak;
    }
  }

  @Override
  public void select(
      long[] u,
      long[] v,
      long[] sums,
      int s,
      int t,
      int third,
      long[] own,
      long[] target,
      int blocks) {
    for (int i = 0; i < blocks; i++) {
      long first = mask(u, i);
      long second = mask(v, i);
      for (int word = 2 * i; word < 2 * i + 2; word++) {
        long label = own.length == 0 ? 0 : own[word];
        long rest = third < 0 ? 0 : sums[third + word];
        target[word] = (first & sums[s + word]) ^ (second & (sums[t + word] ^ label)) ^ rest;
      }
    }
  }

  @Override
  public void unchain(long[] in, long[] out, int blocks) {
    for (int i = 2; i < 2 * blocks; i++) {
      out[i] ^= in[i - 2];
    }
  }
}
