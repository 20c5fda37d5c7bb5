package org.secolab.repro.claim;

/**
 * What became of a claim.
 *
 * @param claim the printed figure
 * @param outcome whether ours meets it
 * @param ours our figure in the claim's unit; NaN if there is none
 * @param basis what was measured or worked out, and how
 * @param why a paragraph for people
 */
public record Verdict(PaperClaim claim, Outcome outcome, double ours, String basis, String why) {
  /** What can become of a claim. */
  public enum Outcome {
    MET("met"),
    NOT_MET("not met"),
    NOT_COMPARABLE("not comparable");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** In words. */
    public String label() {
      return label;
    }
  }
}
