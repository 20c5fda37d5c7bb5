package org.secolab.mpcgc.halfgate;

import org.secolab.mpcgc.label.Blocks;

/**
 * Three rows for every owner, one's own labels included: L_w is drawn at random, and the third row
 * of a garbler for itself, which {@link HalfGates} turns into L_w, is sent with L_w added. This is
 * the form with 3(n − 1) blocks per garbler of the published row reduction (ePrint 2025/829), at
 * the price of one more block per gate and garbler.
 */
public record ConservativeRows() implements GarblingScheme {
  private static final long[] NOT_CHOSEN = {};

  @Override
  public int sums(int garblers) {
    return 3;
  }

  @Override
  public int ownRows(int garblers) {
    return 3;
  }

  @Override
  public boolean choosesMask(int garblers) {
    return false;
  }

  @Override
  public boolean derivesLabel() {
    return false;
  }

  @Override
  public int callsPerInstance(int garblers) {
    return 4 * garblers;
  }

  @Override
  public void garble(
      TweakedHash hash,
      GateRun run,
      GarblerOperands operands,
      long[] rows,
      int[] at,
      long[] labelW,
      long[] chosen) {
    int third = at[operands.self] + 2 * run.count();
    HalfGates.threeRows(hash, run, operands, rows, at, rows, third, NOT_CHOSEN);
    Blocks.xorInto(rows, third, labelW, 0, run.count());
  }

  @Override
  public void evaluate(
      TweakedHash hash,
      GateRun run,
      EvaluatorOperands operands,
      long[] sums,
      int at,
      long[][] activeW) {
    HalfGates.evaluate(hash, run, operands, sums, at, activeW, 3);
  }
}
