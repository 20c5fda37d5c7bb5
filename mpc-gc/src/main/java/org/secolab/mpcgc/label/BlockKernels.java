package org.secolab.mpcgc.label;

/**
 * Inner loops over blocks, as words: two per block, the low one first. All offsets and lengths are
 * in words unless they say otherwise. Both implementations compute the same; no branch depends on a
 * value.
 */
public sealed interface BlockKernels permits ScalarBlocks, VectorBlocks {
  /** target = a ⊕ b ⊕ c; the target is none of the others. */
  void xor3(
      long[] a,
      int aFrom,
      long[] b,
      int bFrom,
      long[] c,
      int cFrom,
      long[] target,
      int to,
      int words);

  /** target ⊕= a ⊕ b; the target is none of the others. */
  void xor2Into(long[] target, int to, long[] a, int aFrom, long[] b, int bFrom, int words);

  /** target ⊕= a; two different arrays. */
  void xorInto(long[] target, int to, long[] a, int from, int words);

  /** Block i of target, from block {@code to} on, ⊕= bit i of the plane · (low, high). */
  void xorWhere(long[] plane, int firstBit, long low, long high, long[] target, int to, int blocks);

  /**
   * Block i of target = σ(x_i + offset) + τ_i with σ(h ‖ l) = (h + l) ‖ h, τ_i = ({@code instance}
   * + i) in the low and {@code tweak} in the high word.
   *
   * @param x blocks from block {@code from} on; empty: all zero
   * @param to the first block of the target
   */
  void absorb(
      long[] x,
      int from,
      long offsetLow,
      long offsetHigh,
      int instance,
      long tweak,
      long[] target,
      int to,
      int blocks);

  /**
   * Block i of target = u_i·s_i + v_i·(t_i + own_i) + third_i, u and v planes.
   *
   * @param u a plane; empty: all zero, as {@code v}
   * @param s where in {@code sums} the s_i begin, in words; {@code t} and {@code third} alike
   * @param own blocks; empty: all zero
   * @param third negative: all zero
   */
  void select(
      long[] u,
      long[] v,
      long[] sums,
      int s,
      int t,
      int third,
      long[] own,
      long[] target,
      int blocks);

  /** Undoes the chaining of CBC: out_i ⊕= in_{i−1} for i from 1 on, blocks. */
  void unchain(long[] in, long[] out, int blocks);
}
