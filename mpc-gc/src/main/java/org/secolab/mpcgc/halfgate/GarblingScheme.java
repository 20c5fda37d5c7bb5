package org.secolab.mpcgc.halfgate;

/**
 * How the rows of an AND gate w = u ∧ v look. A scheme has no state: it fills in and uses rows for
 * consecutive instances of one gate.
 *
 * <p>A garbler makes rows for the labels of every owner j; what the evaluator needs are their sums
 * over all garblers. In the formulas + is exclusive or, i the garbler, and [b] its share of b·Δ^j.
 * No branch and no index depends on a value.
 */
public sealed interface GarblingScheme permits HalfGates, ConservativeRows, Bmr {
  /** Rows per gate, instance and owner, as the evaluator keeps their sums. */
  int sums(int garblers);

  /** How many of them a garbler has for its own labels; those behind are 0 and not sent. */
  int ownRows(int garblers);

  /**
   * Whether rows decide σ + λ_w, so that labels of w end in 0. Otherwise λ_w is random and the
   * lowest bits of garbler 0's labels are sent along.
   */
  boolean choosesMask(int garblers);

  /** Whether L_w comes out of the rows; otherwise it is drawn at random beforehand. */
  boolean derivesLabel();

  /** The most hash calls under one key and per instance. */
  int callsPerInstance(int garblers);

  /**
   * Makes one garbler's rows.
   *
   * @param rows where they go: row r for owner j and instance i is block {@code at[j] + r · count +
   *     i}
   * @param labelW L_w; written by schemes that derive it from the rows, else read
   * @param chosen where the plane of σ + λ_w goes if the scheme {@link #choosesMask chooses} it
   */
  void garble(
      TweakedHash hash,
      GateRun run,
      GarblerOperands operands,
      long[] rows,
      int[] at,
      long[] labelW,
      long[] chosen);

  /**
   * Computes the evaluator's labels of w.
   *
   * @param sums row r for owner j and instance i is block {@code at + (j · sums + r) · count + i}
   * @param activeW where the labels go, for every owner
   */
  void evaluate(
      TweakedHash hash,
      GateRun run,
      EvaluatorOperands operands,
      long[] sums,
      int at,
      long[][] activeW);

  /** Blocks of all rows that one garbler makes per gate and instance. */
  default int rowsSent(int garblers) {
    return (garblers - 1) * sums(garblers) + ownRows(garblers);
  }

  /** Blocks of all sums that the evaluator keeps per gate and instance. */
  default int sumsKept(int garblers) {
    return garblers * sums(garblers);
  }
}
