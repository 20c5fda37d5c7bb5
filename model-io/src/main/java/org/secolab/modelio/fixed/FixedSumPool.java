package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * The sum over each window, channel by channel, padding counting as zeros. It holds no secret:
 * every party applies it to its own share. The division of an average joins the next shift.
 */
public record FixedSumPool(Shape inputShape, Window window) implements FixedOperation {
  @Override
  public Shape outputShape() {
    return window.outputShape(inputShape, inputShape.channels());
  }
}
