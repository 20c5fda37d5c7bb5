package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;

/**
 * How a model's inputs and outputs are written as residues: all that somebody who only asks needs
 * to know of its numbers.
 *
 * @param modulus the ring of all values
 * @param fractionBits f: an input v means v / 2^f; 1 to 24
 * @param inputShape the shape of the input
 * @param inputRange what inputs may be
 * @param outputScaleBits an output v means v / 2^outputScaleBits
 * @param revealsLabel whether the output is the number of a class, not scores
 */
public record FixedFormat(
    Modulus modulus,
    int fractionBits,
    Shape inputShape,
    InputRange inputRange,
    int outputScaleBits,
    boolean revealsLabel) {

  /**
   * @throws IllegalArgumentException unless 1 ≤ fractionBits ≤ 24
   */
  public FixedFormat {
    if (fractionBits < 1 || fractionBits > 24) {
      throw new IllegalArgumentException("expected 1 to 24 fraction bits, got " + fractionBits);
    }
  }

  /**
   * Rounds an input to fixed point, as residues.
   *
   * @throws IllegalArgumentException if it has the wrong size or a value outside {@link
   *     #inputRange}
   */
  public long[] encodeInput(float[] input) {
    if (input.length != inputShape.size()) {
      throw new IllegalArgumentException(
          "expected " + inputShape.size() + " values, got " + input.length);
    }
    long[] encoded = new long[input.length];
    for (int i = 0; i < input.length; i++) {
      if (!inputRange.contains(input[i])) {
        throw new IllegalArgumentException(
            "expected input values in " + inputRange + ", got " + input[i] + " at index " + i);
      }
      encoded[i] = modulus.reduce(FixedModel.round(input[i], fractionBits));
    }
    return encoded;
  }

  /** What residues of the output mean as numbers. */
  public double[] decodeOutput(long[] output) {
    double[] decoded = new double[output.length];
    for (int i = 0; i < output.length; i++) {
      decoded[i] = Math.scalb((double) modulus.centered(output[i]), -outputScaleBits);
    }
    return decoded;
  }
}
