package org.secolab.mpcgc.label;

/** Loops over 128-bit blocks, two words each; offsets and counts are in blocks. */
public final class Blocks {
  /** The inner loops: on vectors where the JVM was started with that module, else scalar. */
  public static final BlockKernels KERNELS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          ? new VectorBlocks()
          : new ScalarBlocks();

  private Blocks() {}

  /** {@code target} = {@code a} ⊕ {@code b}. */
  public static void xor(long[] a, long[] b, long[] target, int count) {
    for (int i = 0; i < 2 * count; i++) {
      target[i] = a[i] ^ b[i];
    }
  }

  /** {@code target} ⊕= {@code a}. */
  public static void xorInto(long[] target, long[] a, int count) {
    for (int i = 0; i < 2 * count; i++) {
      target[i] ^= a[i];
    }
  }

  /** {@code target} ⊕= {@code a}, both from an offset on; two different arrays. */
  public static void xorInto(long[] target, int targetFrom, long[] a, int from, int count) {
    KERNELS.xorInto(target, 2 * targetFrom, a, 2 * from, 2 * count);
  }

  /** Every block of {@code target} ⊕= ({@code low}, {@code high}). */
  public static void xorConstant(long[] target, long low, long high, int count) {
    for (int i = 0; i < count; i++) {
      target[2 * i] ^= low;
      target[2 * i + 1] ^= high;
    }
  }

  /**
   * Every block of {@code target} ⊕= bit · ({@code low}, {@code high}), with the bits of a plane
   * from {@code firstBit} on; no branch on a bit.
   */
  public static void xorWhere(
      long[] plane, int firstBit, long low, long high, long[] target, int from, int count) {
    KERNELS.xorWhere(plane, firstBit, low, high, target, from, count);
  }
}
