package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;

/** A layer as the paper counts them: linear (odd numbers) or activation (even numbers). */
public sealed interface FixedLayer permits FixedLinear, FixedActivation {
  /** The name of the ONNX node it came from (the last one, where several were joined). */
  String name();

  /** The shape of the output of the layer before. */
  Shape inputShape();

  Shape outputShape();
}
