package org.secolab.protocol.seco;

import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.GarblingParties;
import org.secolab.protocol.deploy.CrossingTensors;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.ParameterPolicy;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * What is public about a run, as far as it is public to the servers. The user is told only {@link
 * #gateway}, the parameter sets, which tensors cross the cut, and the size of the output.
 *
 * @param modulus t = 2^ℓ
 * @param split who holds which layers
 * @param layers L
 * @param inputSize values in the input
 * @param crossing the tensors that cross the cut
 * @param outputSize values in the output
 * @param gateway layers 1..c and the user's parameters
 * @param remote layers c+1..L and the servers' parameters
 */
@SuppressWarnings("exports") // Public for the other protocols of this module only.
public record SecoPlan(
    Modulus modulus,
    SplitPlan split,
    int layers,
    int inputSize,
    CrossingTensors crossing,
    int outputSize,
    LayerPlan gateway,
    LayerPlan remote) {

  /**
   * Plans a run.
   *
   * @param shapes the model; of its numbers only the largest weight of the gateway's layers counts
   */
  static SecoPlan of(FixedModel shapes, SplitPlan split, ParameterPolicy policy) {
    int cut = split.cut();
    List<FixedLayer> layers = shapes.layers();
    return new SecoPlan(
        shapes.modulus(),
        split,
        layers.size(),
        shapes.inputShape().size(),
        CrossingTensors.of(shapes, cut),
        shapes.outputShape().size(),
        gateway(layers.subList(0, cut), shapes.modulus(), policy),
        remote(layers.subList(cut, layers.size()), split, shapes.modulus(), policy));
  }

  /** The plan of a server, made of its own part. */
  static SecoPlan of(ServerPart part) {
    return of(part.model(), part.header().split(), new DeployedParameters(part.header()));
  }

  /** The user's plan: whatever lies behind the cut is one layer of which nothing is known. */
  static SecoPlan of(UserPart part) {
    Modulus modulus = part.format().modulus();
    SplitPlan split = part.header().split();
    ParameterPolicy policy = new DeployedParameters(part.header());
    LayerPlan nothing = remote(List.of(), split, modulus, policy);
    int layers = part.hasRemoteLayers() ? split.cut() + 1 : split.cut();
    return new SecoPlan(
        modulus,
        split,
        layers,
        part.format().inputShape().size(),
        part.crossingTensors(),
        part.outputSize(),
        gateway(part.layers(), modulus, policy),
        new LayerPlan(split.cut() + 1, layers, nothing.choice(), List.of(), List.of()));
  }

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

  private static LayerPlan remote(
      List<FixedLayer> layers, SplitPlan split, Modulus modulus, ParameterPolicy policy) {
    int servers = split.remoteServers() + 1;
    return LayerPlan.of(
        layers,
        split.cut() + 1,
        modulus,
        demand -> policy.collective(modulus.bits(), demand),
        nonZeros -> LinearCircuit.collective(servers, split.remoteServers(), nonZeros));
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

  /** C: the last remote server. */
  PartyId evaluator() {
    return split.remotes().getLast();
  }

  /** The gateway, and every remote server but the evaluator. */
  List<PartyId> garblers() {
    return split.servers().stream().filter(server -> !server.equals(evaluator())).toList();
  }

  /** Who garbles and evaluates behind the cut. */
  GarblingParties remoteGarbling() {
    return new GarblingParties(evaluator(), garblers());
  }

  /** Who garbles and evaluates before the cut. */
  public static GarblingParties gatewayGarbling() {
    return new GarblingParties(SplitPlan.USER, List.of(SplitPlan.GATEWAY));
  }

  /** The activation before the cut with this number. */
  ActivationLayer gatewayActivation(int number) {
    return gateway.activations().get(number / 2 - 1);
  }

  /** The activation behind the cut with this number. */
  ActivationLayer remoteActivation(int number) {
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

  /** Coefficients of one inference whose secrecy rests on flooding, before the cut. */
  private long floodedOnGateway() {
    return gateway.usedCoefficients();
  }

  /** The same behind the cut: every remote server floods each product and each share. */
  private long floodedBehindCut() {
    return hasRemoteLayers()
        ? split.remoteServers() * (2 * remote.usedCoefficients() + cutSize())
        : 0;
  }

  /** Coefficients of one inference whose secrecy rests on flooding. */
  long floodedCoefficients() {
    return floodedOnGateway() + floodedBehindCut();
  }

  /** log2 of the total statistical distance of {@code inferences} inferences. */
  double statisticalDistanceLog2(int inferences) {
    double distance =
        floodedOnGateway() * Math.pow(2, -gateway.choice().flooding().statisticalSecurityBits())
            + floodedBehindCut()
                * Math.pow(2, -remote.choice().flooding().statisticalSecurityBits());
    return Math.log(inferences * distance) / Math.log(2);
  }
}
