package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;

/** The same values in the same order under another shape: nothing to compute. */
public record FixedReshape(Shape inputShape, Shape outputShape) implements FixedOperation {
  /**
   * @throws IllegalArgumentException if the sizes differ
   */
  public FixedReshape {
    if (inputShape.size() != outputShape.size()) {
      throw new IllegalArgumentException(
          "expected " + inputShape.size() + " values, got " + outputShape);
    }
  }
}
