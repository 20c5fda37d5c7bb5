package org.secolab.protocol.seco;

import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.GarblingParties;
import org.secolab.protocol.cut.CutPlan;
import org.secolab.protocol.cut.LayerPlan;
import org.secolab.protocol.deploy.CrossingTensors;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.ParameterPolicy;

/**
 * What is public about a run, and who does what behind the cut.
 *
 * @param layers sizes, parameters, and layers on both sides of the cut
 */
record SecoPlan(CutPlan layers) {
  /**
   * Plans a run.
   *
   * @param shapes the model; of its numbers only the largest weight of the gateway's layers counts
   */
  static SecoPlan of(FixedModel shapes, SplitPlan split, ParameterPolicy policy) {
    int cut = split.cut();
    List<FixedLayer> layers = shapes.layers();
    return new SecoPlan(
        new CutPlan(
            shapes.modulus(),
            split,
            layers.size(),
            shapes.inputShape().size(),
            CrossingTensors.of(shapes, cut),
            shapes.outputShape().size(),
            CutPlan.gateway(layers.subList(0, cut), shapes.modulus(), policy),
            remote(layers.subList(cut, layers.size()), split, shapes.modulus(), policy)));
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
        new CutPlan(
            modulus,
            split,
            layers,
            part.format().inputShape().size(),
            part.crossingTensors(),
            part.outputSize(),
            CutPlan.gateway(part.layers(), modulus, policy),
            new LayerPlan(split.cut() + 1, layers, nothing.choice(), List.of(), List.of())));
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

  Modulus modulus() {
    return layers.modulus();
  }

  SplitPlan split() {
    return layers.split();
  }

  LayerPlan gateway() {
    return layers.gateway();
  }

  LayerPlan remote() {
    return layers.remote();
  }

  int cutSize() {
    return layers.cutSize();
  }

  /** C: the last remote server. */
  PartyId evaluator() {
    return split().remotes().getLast();
  }

  /** The gateway, and every remote server but the evaluator. */
  List<PartyId> garblers() {
    return split().servers().stream().filter(server -> !server.equals(evaluator())).toList();
  }

  /** Who garbles and evaluates behind the cut. */
  GarblingParties remoteGarbling() {
    return new GarblingParties(evaluator(), garblers());
  }

  /** What one inference floods before the cut. */
  FloodedNoise floodedBeforeCut() {
    return FloodedNoise.of(gateway().usedCoefficients(), gateway().choice().flooding());
  }

  /** The same behind the cut: every remote server floods each product and each share. */
  FloodedNoise floodedBehindCut() {
    long coefficients =
        layers.hasRemoteLayers()
            ? split().remoteServers() * (2 * remote().usedCoefficients() + cutSize())
            : 0;
    return FloodedNoise.of(coefficients, remote().choice().flooding());
  }

  /** What one inference floods. */
  FloodedNoise flooded() {
    return floodedBeforeCut().plus(floodedBehindCut());
  }
}
