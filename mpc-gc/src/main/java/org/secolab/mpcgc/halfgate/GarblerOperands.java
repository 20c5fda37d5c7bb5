package org.secolab.mpcgc.halfgate;

import org.secolab.mpcgc.label.Delta;

/**
 * What a garbler has on the operands of one gate: views of arrays that belong to others. An empty
 * label array means: all zero, as on wires known in setup.
 */
public final class GarblerOperands {
  final int self;
  final Delta delta;
  final long[] labelU;
  final long[] labelV;
  final long[][] shareU;
  final long[][] shareV;
  final long[][] shareC;

  /**
   * Operands of garbler {@code self}.
   *
   * @param shareU for every owner j the shares of λ_u·Δ^j
   * @param shareV the same for λ_v
   * @param shareC the same for σ + λ_w; not looked at if the scheme chooses that bit
   */
  public GarblerOperands(
      int self,
      Delta delta,
      long[] labelU,
      long[] labelV,
      long[][] shareU,
      long[][] shareV,
      long[][] shareC) {
    this.self = self;
    this.delta = delta;
    this.labelU = labelU;
    this.labelV = labelV;
    this.shareU = shareU;
    this.shareV = shareV;
    this.shareC = shareC;
  }
}
