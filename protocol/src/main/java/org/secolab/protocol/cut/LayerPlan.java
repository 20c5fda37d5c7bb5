package org.secolab.protocol.cut;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.linear.LayerDemand;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.LinearStrategy;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * Consecutive layers under one key: how each is packed, and for which parameters. Either 1..c
 * between user and gateway, or c+1..L among the servers. Made from shapes only.
 *
 * @param first the number of the first layer
 * @param last the number of the last one; first − 1 if there are none
 * @param choice the encryption parameters
 * @param linear the linear layers in order
 * @param activations the activation layers in order
 */
public record LayerPlan(
    int first,
    int last,
    ParameterChoice choice,
    List<LinearLayer> linear,
    List<ActivationLayer> activations) {
  public LayerPlan {
    linear = List.copyOf(linear);
    activations = List.copyOf(activations);
  }

  /** Chooses parameters for a ring degree's circuit. */
  @FunctionalInterface
  public interface Chooser {
    ParameterChoice choose(IntFunction<LayerDemand> demand);
  }

  /** Makes a circuit of the largest number of non-zero coefficients of one result. */
  @FunctionalInterface
  public interface CircuitOf {
    LinearCircuit of(long nonZeros);
  }

  /**
   * Plans consecutive layers.
   *
   * @param layers the layers; of their numbers nothing counts
   * @param first the number of the first of them
   * @param chooser how parameters are chosen
   * @param circuit the noise of one layer
   */
  public static LayerPlan of(
      List<FixedLayer> layers, int first, Modulus modulus, Chooser chooser, CircuitOf circuit) {
    ParameterChoice choice =
        chooser.choose(
            degree -> {
              List<LinearLayer> packed = linearLayers(layers, first, coefficients(degree));
              return new LayerDemand(circuit.of(largestNonZeros(packed)), usedCoefficients(packed));
            });
    return new LayerPlan(
        first,
        first + layers.size() - 1,
        choice,
        linearLayers(layers, first, coefficients(choice.parameters().degree())),
        activationLayers(layers, first, modulus));
  }

  /** The activation layers among {@code layers}. */
  public static List<ActivationLayer> activationLayers(
      List<FixedLayer> layers, int first, Modulus modulus) {
    List<ActivationLayer> activations = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!(layers.get(i) instanceof FixedLinear)) {
        activations.add(ActivationLayer.of(first + i, layers.get(i), modulus));
      }
    }
    return activations;
  }

  /** The linear ones among {@code layers}, packed. */
  public static List<LinearLayer> linearLayers(
      List<FixedLayer> layers, int first, LinearStrategy strategy) {
    List<LinearLayer> linears = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof FixedLinear linear) {
        linears.add(new LinearLayer(first + i, linear, strategy));
      }
    }
    return Collections.unmodifiableList(linears);
  }

  private static LinearStrategy coefficients(int degree) {
    return LinearStrategy.coefficients(degree, PackingObjective.TOTAL_POLYNOMIALS);
  }

  private static long largestNonZeros(List<LinearLayer> layers) {
    return layers.stream()
        .flatMap(layer -> layer.packed().stream())
        .mapToLong(packed -> packed.nonZeros())
        .max()
        .orElse(1);
  }

  private static long usedCoefficients(List<LinearLayer> layers) {
    return layers.stream()
        .flatMap(layer -> layer.packed().stream())
        .flatMap(packed -> packed.usedCoefficients().stream())
        .mapToLong(BitSet::cardinality)
        .sum();
  }

  /** Coefficients that hold values in the results of all linear layers. */
  public long usedCoefficients() {
    return usedCoefficients(linear);
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return last < first;
  }

  /** All packed convolutions. */
  public List<PackedConvolution> convolutions() {
    return linear.stream().flatMap(layer -> layer.packed().stream()).toList();
  }
}
