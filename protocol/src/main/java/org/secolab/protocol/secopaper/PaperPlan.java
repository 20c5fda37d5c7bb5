package org.secolab.protocol.secopaper;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.CutPlan;
import org.secolab.protocol.cut.LayerPlan;
import org.secolab.protocol.deploy.CrossingTensors;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;
import org.secolab.protocol.linear.LinearBranch;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.LinearStrategy;
import org.secolab.protocol.linear.PackedConvolution;

/**
 * What is public about a run of the printed protocols.
 *
 * @param layers sizes, parameters, and layers on both sides of the cut
 * @param roles who garbles, forwards, evaluates
 */
record PaperPlan(CutPlan layers, Roles roles) {
  /**
   * Plans a run.
   *
   * @param shapes the model; of its numbers only the largest weight of the gateway's layers counts
   * @throws IllegalArgumentException with one line, if these protocols cannot run that
   */
  static PaperPlan of(
      FixedModel shapes,
      SplitPlan split,
      Roles roles,
      PaperParameters policy,
      LinearStrategy strategy) {
    if (split.remoteServers() != 2) {
      throw new IllegalArgumentException(
          "remote servers: expected exactly 2 for the protocols as printed, got "
              + split.remoteServers());
    }
    BfvParameters parameters = policy.parameters();
    Modulus modulus = shapes.modulus();
    if (modulus.value() != parameters.plaintextModulus().value()) {
      throw new IllegalArgumentException(
          "expected a model modulo " + parameters.plaintextModulus() + ", got " + modulus);
    }
    if (shapes.revealsLabel()) {
      throw new IllegalArgumentException(
          "reveal: expected logits for the protocols as printed, got label");
    }
    int cut = split.cut();
    CrossingTensors crossing = CrossingTensors.of(shapes, cut);
    if (!crossing.numbers().isEmpty() && !crossing.numbers().equals(List.of(cut))) {
      throw new IllegalArgumentException(
          "split: expected a cut that no residual connection jumps over for the protocols as"
              + " printed, got "
              + cut);
    }
    List<FixedLayer> behind = shapes.layers().subList(cut, shapes.layers().size());
    List<LinearLayer> linear = LayerPlan.linearLayers(behind, cut + 1, strategy);
    LayerPlan remote =
        new LayerPlan(
            cut + 1,
            shapes.layers().size(),
            policy.encryptedWeights(
                linear.stream().flatMap(layer -> layer.packed().stream()).toList()),
            linear,
            LayerPlan.activationLayers(behind, cut + 1, modulus));
    return new PaperPlan(
        new CutPlan(
            modulus,
            split,
            shapes.layers().size(),
            shapes.inputShape().size(),
            crossing,
            shapes.outputShape().size(),
            CutPlan.gateway(shapes.layers().subList(0, cut), modulus, policy),
            remote),
        roles);
  }

  Modulus modulus() {
    return layers.modulus();
  }

  LayerPlan remote() {
    return layers.remote();
  }

  int cut() {
    return layers.split().cut();
  }

  BfvParameters parameters() {
    return remote().choice().parameters();
  }

  /** Whether the input of a branch is the mask that the user alone has drawn, as printed. */
  boolean isAtCut(LinearLayer layer, int branch) {
    return layer.number() == cut() + 1 && layer.branches().get(branch).source() == cut();
  }

  /** Whether a linear layer depends on the user's mask, so that it waits for the user. */
  boolean awaitsUser(LinearLayer layer) {
    return layer.branches().stream().anyMatch(branch -> branch.source() == cut());
  }

  /** Whether the activation layer {@code number} does. */
  boolean awaitsUser(int number) {
    return remote().linear().stream()
        .anyMatch(layer -> layer.number() == number - 1 && awaitsUser(layer));
  }

  /** Whether the tensor at the cut goes another way than through convolutions of layer c+1. */
  boolean needsCutShares() {
    for (LinearLayer layer : remote().linear()) {
      for (LinearBranch branch : layer.branches()) {
        boolean printed = layer.number() == cut() + 1 && branch.convolution().isPresent();
        if (branch.source() == cut() && !printed) {
          return true;
        }
      }
    }
    return false;
  }

  /** The rotations for which there must be keys. */
  SortedSet<Integer> rotations() {
    SortedSet<Integer> all = new TreeSet<>();
    for (PackedConvolution packed : remote().convolutions()) {
      all.addAll(packed.rotations());
    }
    return all;
  }

  /** Coefficients of one inference behind the cut that are flooded: in B's and in C's share. */
  private long floodedBehindCut() {
    if (!layers.hasRemoteLayers()) {
      return 0;
    }
    return 2L * (remote().usedCoefficients() + (needsCutShares() ? layers.cutSize() : 0));
  }

  /** Coefficients of one inference whose secrecy rests on flooding. */
  long floodedCoefficients() {
    return layers.gateway().usedCoefficients() + floodedBehindCut();
  }

  /** log2 of the total statistical distance of {@code inferences} inferences. */
  double statisticalDistanceLog2(int inferences) {
    return layers.statisticalDistanceLog2(inferences, floodedBehindCut());
  }

  /** The user's mask of the tensor at the cut, where it is opened to shares. */
  DensePacking cutPacking() {
    return new DensePacking(layers.cutSize(), parameters().degree());
  }
}
