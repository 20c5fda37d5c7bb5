package org.secolab.repro.experiment;

import java.util.List;
import java.util.function.ToLongFunction;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;

/**
 * What layers are made of, in numbers that costs grow with.
 *
 * @param layers of a fixed-point model
 */
record LayerSizes(List<FixedLayer> layers) {
  LayerSizes {
    layers = List.copyOf(layers);
  }

  static LayerSizes of(FixedModel model) {
    return new LayerSizes(model.layers());
  }

  /** Layers {@code first} to the last one. */
  LayerSizes from(int first) {
    return new LayerSizes(layers.subList(first - 1, layers.size()));
  }

  /** Values that activation layers return. */
  long activations() {
    return layers.stream()
        .filter(FixedActivation.class::isInstance)
        .mapToLong(layer -> layer.outputShape().size())
        .sum();
  }

  /** Output channels of convolutions and fully connected layers. */
  long filters() {
    return sum(FixedConvolution::outputChannels);
  }

  /** Output channels, once for each ciphertext of {@code slots} values that the input fills. */
  long packedFilters(int slots) {
    return sum(
        convolution ->
            (long) convolution.outputChannels()
                * Math.ceilDiv(convolution.inputShape().size(), slots));
  }

  /** Weights without biases. */
  long weights() {
    return sum(convolution -> convolution.weights().length);
  }

  /** Weights and biases. */
  long parameters() {
    return weights() + filters();
  }

  /** Products of a weight and a value. */
  long products() {
    return sum(
        convolution ->
            (long) convolution.outputShape().size()
                * convolution.groupChannels()
                * convolution.window().kernelSize());
  }

  private long sum(ToLongFunction<FixedConvolution> size) {
    return layers.stream()
        .filter(FixedLinear.class::isInstance)
        .flatMap(layer -> ((FixedLinear) layer).branches().stream())
        .flatMap(branch -> branch.operations().stream())
        .filter(FixedConvolution.class::isInstance)
        .mapToLong(operation -> size.applyAsLong((FixedConvolution) operation))
        .sum();
  }
}
