package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;

/** Models whose output does not depend on anything. */
public final class ConstantEnd {
  private ConstantEnd() {}

  /**
   * A model of the same shapes whose last layer is 0·x + output.
   *
   * @param model ends in one fully connected layer
   */
  public static FixedModel of(FixedModel model, long[] output) {
    FixedLinear last = (FixedLinear) model.layers().getLast();
    FixedLinear.Branch branch = last.branches().getFirst();
    FixedConvolution matrix = (FixedConvolution) branch.operations().getFirst();
    FixedConvolution constant = matrix.withParameters(new long[matrix.weights().length], output);
    List<FixedLayer> layers = new ArrayList<>(model.layers());
    layers.set(
        layers.size() - 1,
        new FixedLinear(
            last.name(),
            last.inputShape(),
            last.outputShape(),
            List.of(
                new FixedLinear.Branch(branch.source(), branch.leftShift(), List.of(constant)))));
    return new FixedModel(
        model.name(),
        model.modulus(),
        model.fractionBits(),
        model.inputShape(),
        model.inputRange(),
        layers,
        model.outputScaleBits());
  }
}
