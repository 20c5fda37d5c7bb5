package org.secolab.protocol.cut;

import java.util.Arrays;
import java.util.List;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.GarblingParties;
import org.secolab.protocol.deploy.CrossingTensors;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.ParameterPolicy;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * What is public about a run, as far as it is public to the servers. The user is told only {@link
 * #gateway}, the parameter sets, which tensors cross the cut, and the size of the output.
 *
 * @param modulus t: 2^ℓ or a prime
 * @param split who holds which layers
 * @param layers L
 * @param inputSize values in the input
 * @param crossing the tensors that cross the cut
 * @param outputSize values in the output
 * @param gateway layers 1..c and the user's parameters
 * @param remote layers c+1..L and the servers' parameters
 */
public record CutPlan(
    Modulus modulus,
    SplitPlan split,
    int layers,
    int inputSize,
    CrossingTensors crossing,
    int outputSize,
    LayerPlan gateway,
    LayerPlan remote) {

  /** Layers 1..c, under the user's key. */
  public static LayerPlan gateway(
      List<FixedLayer> layers, Modulus modulus, ParameterPolicy policy) {
    int weightBits = weightBits(layers, modulus);
    return LayerPlan.of(
        layers,
        1,
        modulus,
        demand -> policy.singleKey(modulus.bits(), demand),
        nonZeros -> LinearCircuit.singleKey(nonZeros, weightBits));
  }

  /** The bits, sign included, of the largest weight on the gateway; at least 12, in steps of 4. */
  private static int weightBits(List<FixedLayer> layers, Modulus modulus) {
    long largest = 1;
    for (FixedLayer layer : layers) {
      if (layer instanceof FixedLinear linear) {
        for (FixedLinear.Branch branch : linear.branches()) {
          for (FixedOperation operation : branch.operations()) {
            if (operation instanceof FixedConvolution convolution) {
              largest =
                  Math.max(
                      largest,
                      Arrays.stream(convolution.weights())
                          .map(weight -> Math.abs(modulus.centered(modulus.reduce(weight))))
                          .max()
                          .orElse(0));
            }
          }
        }
      }
    }
    // Steps, so that the user learns little more than the order of magnitude.
    int bits = 65 - Long.numberOfLeadingZeros(largest);
    return Math.max(12, Math.ceilDiv(bits, 4) * 4);
  }

  /** Values in the tensors that cross the cut. */
  public int cutSize() {
    return crossing.size();
  }

  /** Who garbles and evaluates before the cut. */
  static GarblingParties gatewayGarbling() {
    return new GarblingParties(SplitPlan.USER, List.of(SplitPlan.GATEWAY));
  }

  /** The activation before the cut with this number. */
  public ActivationLayer gatewayActivation(int number) {
    return gateway.activations().get(number / 2 - 1);
  }

  /** The activation behind the cut with this number. */
  public ActivationLayer remoteActivation(int number) {
    return remote.activations().stream()
        .filter(layer -> layer.number() == number)
        .findFirst()
        .orElseThrow();
  }

  /** Whether anything is left for the remote servers. */
  public boolean hasRemoteLayers() {
    return !remote.isEmpty();
  }

  /** Whether the model ends in an activation. */
  public boolean endsInActivation() {
    return layers % 2 == 0;
  }

  /**
   * log2 of the total statistical distance of {@code inferences} inferences.
   *
   * @param floodedBehindCut coefficients of one inference, behind the cut, that are flooded
   */
  public double statisticalDistanceLog2(int inferences, long floodedBehindCut) {
    double distance =
        distance(gateway.usedCoefficients(), gateway.choice())
            + distance(floodedBehindCut, remote.choice());
    return Math.log(inferences * distance) / Math.log(2);
  }

  private static double distance(long coefficients, ParameterChoice choice) {
    return coefficients * Math.pow(2, -choice.flooding().statisticalSecurityBits());
  }
}
