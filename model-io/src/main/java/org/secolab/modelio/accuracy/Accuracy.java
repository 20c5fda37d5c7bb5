package org.secolab.modelio.accuracy;

/**
 * How a fixed-point network does on labelled inputs, beside the float one.
 *
 * @param inputs how many
 * @param floatCorrect of them classified correctly in float
 * @param fixedCorrect and in fixed point
 * @param agreeing of them classified alike by both
 * @param largestLogitError the largest difference of any output
 * @param confusion of the fixed-point network
 */
public record Accuracy(
    int inputs,
    int floatCorrect,
    int fixedCorrect,
    int agreeing,
    double largestLogitError,
    ConfusionMatrix confusion) {

  /** Correct in float, in per cent. */
  public double floatPercent() {
    return 100.0 * floatCorrect / inputs;
  }

  /** Correct in fixed point, in per cent. */
  public double fixedPercent() {
    return 100.0 * fixedCorrect / inputs;
  }

  /** Classified alike, in per cent. */
  public double agreementPercent() {
    return 100.0 * agreeing / inputs;
  }
}
