package org.secolab.protocol.secopaper;

import org.secolab.foundation.random.RandomSource;
import org.secolab.protocol.cut.ByNumber;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** A server's summands r^p of the masks of the tensors behind activations. */
final class PaperMasks {
  private PaperMasks() {}

  /** Draws them, in the order of the layers. */
  static void draw(PaperPlan plan, RandomSource random, ByNumber<long[]> masks) {
    for (ActivationLayer layer : plan.remote().activations()) {
      masks.put(layer.number(), UniformResidues.draw(layer.instances(), plan.modulus(), random));
    }
  }
}
