package org.secolab.mpcgc.halfgate;

/**
 * What the evaluator has on the operands of one gate: views of arrays that belong to others. An
 * empty array means: all zero, as on wires known in setup.
 */
public final class EvaluatorOperands {
  final long[][] activeU;
  final long[][] activeV;
  final long[] maskedU;
  final long[] maskedV;

  /**
   * Operands.
   *
   * @param activeU for every owner the active labels of u
   * @param activeV the same for v
   * @param maskedU the plane of Λ_u
   * @param maskedV the plane of Λ_v
   */
  public EvaluatorOperands(long[][] activeU, long[][] activeV, long[] maskedU, long[] maskedV) {
    this.activeU = activeU;
    this.activeV = activeV;
    this.maskedU = maskedU;
    this.maskedV = maskedV;
  }

  /** All ones if instance {@code i} of {@code plane} is 1, else 0. */
  static long mask(long[] plane, int i) {
    return plane.length == 0 ? 0 : -(plane[i >>> 6] >>> i & 1);
  }
}
