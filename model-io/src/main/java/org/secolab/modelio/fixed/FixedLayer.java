package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;

/**
 * A layer as the paper counts them: linear (odd numbers) or activation (even numbers); the decision
 * of a model that reveals nothing else counts as an activation.
 */
public sealed interface FixedLayer permits FixedLinear, FixedActivation, FixedArgmax {
  /** The name of the ONNX node it came from (the last one, where several were joined). */
  String name();

  /** The shape of the output of the layer before. */
  Shape inputShape();

  Shape outputShape();
}
