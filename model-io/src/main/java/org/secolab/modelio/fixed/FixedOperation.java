package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;

/** One linear map inside a branch of a {@link FixedLinear}. */
public sealed interface FixedOperation permits FixedConvolution, FixedSumPool, FixedReshape {
  Shape inputShape();

  Shape outputShape();
}
