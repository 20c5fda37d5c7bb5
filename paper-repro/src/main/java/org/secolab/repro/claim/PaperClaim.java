package org.secolab.repro.claim;

/**
 * A figure that the paper prints, and how near ours has to come; fixed before any run.
 *
 * @param id short, for files and links
 * @param where the paper prints it
 * @param statement what it says, in a sentence
 * @param value the printed figure
 * @param unit what it counts; × for a ratio
 * @param tolerance a fraction of {@code value}
 * @param demand what a figure of ours must be to meet the claim
 */
public record PaperClaim(
    String id,
    String where,
    String statement,
    double value,
    String unit,
    double tolerance,
    Demand demand) {
  /** How a figure is compared. */
  public enum Demand {
    /** At least value·(1 − tolerance): a saving. */
    AT_LEAST,
    /** At most value·(1 + tolerance): a cost. */
    AT_MOST,
    /** Within value·(1 ± tolerance). */
    ABOUT
  }

  public PaperClaim {
    if (!(value > 0) || !(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "expected a positive value and a tolerance in [0, 1), got " + value + ", " + tolerance);
    }
  }

  /** Whether {@code ours} meets the claim. */
  public boolean isMetBy(double ours) {
    boolean highEnough = ours >= value * (1 - tolerance);
    boolean lowEnough = ours <= value * (1 + tolerance);
    return switch (demand) {
      case AT_LEAST -> highEnough;
      case AT_MOST -> lowEnough;
      case ABOUT -> highEnough && lowEnough;
    };
  }

  /**
   * Compares.
   *
   * @param ours in the claim's unit
   * @param basis what was measured or worked out, and how
   * @param why why it came out like this
   */
  public Verdict judge(double ours, String basis, String why) {
    Verdict.Outcome outcome = isMetBy(ours) ? Verdict.Outcome.MET : Verdict.Outcome.NOT_MET;
    return new Verdict(this, outcome, ours, basis, why);
  }

  /**
   * Does not compare.
   *
   * @param ours what stands nearest to it; NaN for nothing
   */
  public Verdict notComparable(double ours, String basis, String why) {
    return new Verdict(this, Verdict.Outcome.NOT_COMPARABLE, ours, basis, why);
  }
}
