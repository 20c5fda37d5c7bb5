package org.secolab.modelio.fixed;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How many bits, sign included, the accumulators of each linear layer need: log2 of the largest
 * absolute value, plus 1. A ring of ℓ bits holds them if that is at most ℓ.
 *
 * @param modulus the ring chosen
 * @param layers one entry per linear layer, in order
 */
public record RangeReport(Modulus modulus, List<LayerRange> layers) {

  /**
   * What one linear layer needs.
   *
   * @param layer its number
   * @param provenBits no input in the declared range needs more
   * @param observedBits what the calibration data needed, if there was any
   */
  public record LayerRange(
      int layer, String name, double provenBits, OptionalDouble observedBits) {}

  public RangeReport {
    layers = List.copyOf(layers);
  }

  public double provenBits() {
    return layers.stream().mapToDouble(LayerRange::provenBits).max().orElse(0);
  }

  /** The largest observation; empty without calibration data. */
  public OptionalDouble observedBits() {
    return layers.stream().flatMapToDouble(layer -> layer.observedBits().stream()).max();
  }

  /** Whether no input in the declared range can make an accumulator wrap. */
  public boolean isProven() {
    return provenBits() <= Math.log((double) modulus.value()) / Math.log(2);
  }
}
