package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;

/**
 * The last layer of a model that gives away its decision only: the position of the largest signed
 * representative, from 0 on, the first of equals.
 *
 * @param inputShape the scores, at least two
 */
public record FixedArgmax(String name, Shape inputShape) implements FixedLayer {
  /**
   * @throws IllegalArgumentException if there is nothing to decide
   */
  public FixedArgmax {
    if (inputShape.size() < 2) {
      throw new IllegalArgumentException(
          "layer " + name + ": expected at least two scores, got " + inputShape.size());
    }
  }

  /** The position of the largest of {@code scores}, residues modulo t. */
  public long position(Modulus modulus, long[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (modulus.centered(scores[i]) > modulus.centered(scores[best])) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public Shape outputShape() {
    return Shape.vector(1);
  }
}
