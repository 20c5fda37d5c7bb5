package org.secolab.protocol.seco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedArgmax;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearBranch;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.LinearStrategy;
import org.secolab.protocol.linear.Tensors;

/**
 * INSECURE, for teaching: one layer of the default protocol acted out in clear by somebody who sees
 * everything. Masks and shares are drawn as the parties would draw them; encryption, decryption and
 * garbling are replaced by what they compute. Nothing here is part of a run.
 */
public final class InsecureWalkthrough {
  /** How convolutions would be packed, which is not shown. */
  private static final LinearStrategy PACKING =
      LinearStrategy.coefficients(4096, PackingObjective.TOTAL_POLYNOMIALS);

  /**
   * A tensor on the way through the layer.
   *
   * @param name the letter of the designs
   * @param meaning what it is and how it comes about
   * @param seenBy the parties that hold it in clear; nobody: only all of several hold it together
   */
  public record Step(String name, String meaning, Tensor value, List<PartyId> seenBy) {
    public Step {
      seenBy = List.copyOf(seenBy);
    }
  }

  /** Residues, kept as they are. */
  public static final class Tensor {
    private final long[] values;

    Tensor(long[] values) {
      this.values = values;
    }

    /** The residues; not to be written to. */
    public long[] values() {
      return values;
    }
  }

  private final FixedModel model;
  private final SplitPlan split;
  private final int number;
  private final List<long[]> plain;
  private final RandomSource random;
  private final Modulus modulus;
  private final List<Step> steps = new ArrayList<>();

  private InsecureWalkthrough(
      FixedModel model, SplitPlan split, int number, long[] input, RandomSource random) {
    this.model = model;
    this.split = split;
    this.number = number;
    this.plain = FixedPointEngine.runLayers(model, input);
    this.random = random;
    this.modulus = model.modulus();
  }

  /**
   * Acts out layer {@code number} for one input. The last step is the layer's output, put together
   * from what the parties hold.
   *
   * @param number from 1 on
   * @param input residues
   * @throws IllegalArgumentException if there is no such layer or the model cannot be cut so
   */
  public static List<Step> of(
      FixedModel model, SplitPlan split, int number, long[] input, RandomSource random) {
    split.check(model);
    if (number < 1 || number > model.layers().size()) {
      throw new IllegalArgumentException(
          "layer: expected 1 to " + model.layers().size() + ", got " + number);
    }
    InsecureWalkthrough walk = new InsecureWalkthrough(model, split, number, input, random);
    FixedLayer layer = model.layer(number);
    switch (layer) {
      case FixedLinear linear -> {
        if (split.onGateway(number)) {
          walk.gatewayLinear(linear);
        } else {
          walk.remoteLinear(linear);
        }
      }
      case FixedActivation _, FixedArgmax _ -> {
        if (split.onGateway(number)) {
          walk.gatewayActivation();
        } else {
          walk.remoteActivation();
        }
      }
    }
    return List.copyOf(walk.steps);
  }

  private void step(String name, String meaning, long[] value, List<PartyId> seenBy) {
    steps.add(new Step(name, meaning, new Tensor(value), seenBy));
  }

  private long[] draw(int size, String label) {
    return UniformResidues.draw(size, modulus, random.fork(label));
  }

  private long[] plus(long[] a, long[] b) {
    return Tensors.add(a, b, modulus);
  }

  private long[] minus(long[] a, long[] b) {
    return Tensors.subtract(a, b, modulus);
  }

  /** The tensors that the layer reads: numbers of layers, 0 for the input. */
  private static List<Integer> sources(FixedLinear layer) {
    return layer.branches().stream().map(FixedLinear.Branch::source).distinct().sorted().toList();
  }

  /**
   * The branches with weights, as the owner of {@code part} computes them.
   *
   * @param biased whether biases are added: they are online, not on encrypted masks
   */
  private long[] secretPart(
      FixedModel part, LinearLayer layer, Map<Integer, long[]> values, boolean biased) {
    List<LinearBranch> branches = LinearBranch.of((FixedLinear) part.layer(number));
    try {
      return layer.secretPart(
          source -> valueAt(values, source),
          modulus,
          (branch, _, input) -> {
            FixedConvolution convolution = branches.get(branch).convolution().orElseThrow();
            FixedConvolution used =
                biased
                    ? convolution
                    : convolution.withParameters(
                        convolution.weights(), new long[convolution.bias().length]);
            return FixedPointEngine.apply(used, modulus, input);
          });
    } catch (ProtocolAbortException e) {
      throw new AssertionError("nobody else takes part", e);
    }
  }

  /** The branches without weights. */
  private long[] publicPart(LinearLayer layer, Map<Integer, long[]> values) {
    return layer.publicPart(source -> valueAt(values, source), modulus);
  }

  private static long[] valueAt(Map<Integer, long[]> values, int source) {
    long[] value = values.get(source);
    if (value == null) {
      throw new AssertionError("the layer does not read " + source);
    }
    return value;
  }

  private void gatewayLinear(FixedLinear layer) {
    List<PartyId> user = List.of(SplitPlan.USER);
    List<PartyId> gateway = List.of(SplitPlan.GATEWAY);
    Map<Integer, long[]> masks = new HashMap<>();
    Map<Integer, long[]> masked = new HashMap<>();
    for (int source : sources(layer)) {
      long[] value = plain.get(source);
      long[] mask = draw(value.length, "mask " + source);
      masks.put(source, mask);
      masked.put(source, minus(value, mask));
      step("x_" + source, "what the layer reads", value, source == 0 ? user : List.of());
      step("r_" + source, "the user's mask, drawn beforehand, sent encrypted", mask, user);
      step("x_" + source + " − r_" + source, "online", minus(value, mask), gateway);
    }
    long[] pad = draw(layer.outputShape().size(), "s");
    LinearLayer packed = new LinearLayer(number, layer, PACKING);
    long[] userShare =
        plus(minus(secretPart(model, packed, masks, false), pad), publicPart(packed, masks));
    long[] gatewayShare =
        plus(plus(secretPart(model, packed, masked, true), pad), publicPart(packed, masked));
    step("s", "the gateway's mask for its answer", pad, gateway);
    step("F·r − s", "what the user decrypts, beforehand", userShare, user);
    step("F·(x − r) + s", "computed in clear, online", gatewayShare, gateway);
    step(
        "y",
        "F·x, the sum of both shares: nobody has it",
        plus(userShare, gatewayShare),
        List.of());
  }

  private void gatewayActivation() {
    List<PartyId> user = List.of(SplitPlan.USER);
    List<PartyId> gateway = List.of(SplitPlan.GATEWAY);
    long[] y = plain.get(number - 1);
    long[] userShare = draw(y.length, "user's share");
    long[] result = plain.get(number);
    long[] pad = draw(result.length, "pad");
    long[] mask = draw(result.length, "next mask");
    step("y", "the linear layer's output, shared", y, List.of());
    step("u", "the user's share, from preprocessing", userShare, user);
    step("y − u", "the gateway's share, which it enters online", minus(y, userShare), gateway);
    step("d", "the gateway's pad, inside the garbled circuit", pad, gateway);
    step("x' − d", "what the user finds by evaluating", minus(result, pad), user);
    step("r'", "the user's mask of the next tensor", mask, user);
    long[] returned = minus(minus(result, pad), mask);
    step(
        "x' − d − r'",
        "what the user returns",
        returned,
        List.of(SplitPlan.USER, SplitPlan.GATEWAY));
    step("x' − r'", "what the gateway goes on with", plus(returned, pad), gateway);
    step("x'", "the layer's output: nobody has it", plus(plus(returned, pad), mask), List.of());
  }

  private void remoteLinear(FixedLinear layer) {
    List<FixedModel> parts = ModelParts.cut(model, split, random.fork("shares")).remotes();
    LinearLayer packed = new LinearLayer(number, layer, PACKING);
    SequencedMap<PartyId, Map<Integer, long[]>> masks = new LinkedHashMap<>();
    split.servers().forEach(server -> masks.put(server, new HashMap<>()));
    Map<Integer, long[]> sums = new HashMap<>();
    Map<Integer, long[]> masked = new HashMap<>();
    for (int source : sources(layer)) {
      long[] value = plain.get(source);
      step("x_" + source, "what the layer reads", value, List.of());
      long[] sum = new long[value.length];
      for (Map.Entry<PartyId, Map<Integer, long[]>> entry : masks.entrySet()) {
        PartyId server = entry.getKey();
        long[] mask = draw(value.length, "mask " + source + " of " + server);
        entry.getValue().put(source, mask);
        sum = plus(sum, mask);
        String name = "r_" + source + "^" + letter(server);
        step(name, "a summand of the mask, sent encrypted in setup", mask, List.of(server));
      }
      sums.put(source, sum);
      masked.put(source, minus(value, sum));
      step("z_" + source, "x less all summands, online", minus(value, sum), split.remotes());
    }
    PartyId gateway = SplitPlan.GATEWAY;
    long[] gatewayShare = publicPart(packed, at(masks, gateway));
    Map<PartyId, long[]> outputMasks = new HashMap<>();
    for (int j = 0; j < parts.size(); j++) {
      long[] outputMask = draw(gatewayShare.length, "s " + j);
      outputMasks.put(split.remotes().get(j), outputMask);
      long[] product = secretPart(parts.get(j), packed, sums, false);
      gatewayShare = plus(gatewayShare, minus(product, outputMask));
    }
    step(
        "E^A",
        "F·r − Σ s^j, decrypted by all servers for the gateway, in setup",
        gatewayShare,
        List.of(gateway));
    long[] y = gatewayShare;
    for (int j = 0; j < parts.size(); j++) {
      PartyId remote = split.remotes().get(j);
      long[] outputMask = at(outputMasks, remote);
      long[] share = plus(secretPart(parts.get(j), packed, masked, true), outputMask);
      share = plus(share, publicPart(packed, at(masks, remote)));
      share = j == 0 ? plus(share, publicPart(packed, masked)) : share;
      y = plus(y, share);
      String letter = letter(remote);
      step("s^" + letter, "this server's mask for its part", outputMask, List.of(remote));
      step("E^" + letter, "F^j·z + s^j, in clear, online", share, List.of(remote));
    }
    step("y", "E^A + Σ E^j, the layer's output: nobody has it", y, List.of());
  }

  private static <T> T at(Map<PartyId, T> values, PartyId party) {
    T value = values.get(party);
    if (value == null) {
      throw new AssertionError("nothing of " + party);
    }
    return value;
  }

  private void remoteActivation() {
    PartyId evaluator = split.remotes().getLast();
    long[] y = plain.get(number - 1);
    long[] rest = y;
    long[] gatewayShare = draw(y.length, "E^A");
    rest = minus(rest, gatewayShare);
    step("y", "the linear layer's output, shared among all servers", y, List.of());
    step("E^A", "the gateway's share, known in setup", gatewayShare, List.of(SplitPlan.GATEWAY));
    long[] opened = new long[y.length];
    for (PartyId remote : split.remotes()) {
      if (!remote.equals(evaluator)) {
        String letter = letter(remote);
        long[] share = draw(y.length, "share of " + remote);
        long[] pad = draw(y.length, "pad of " + remote);
        rest = minus(rest, share);
        opened = plus(opened, plus(share, pad));
        step("E^" + letter, "a share", share, List.of(remote));
        step("ρ^" + letter, "a pad, inside the garbled circuit", pad, List.of(remote));
        step(
            "E^" + letter + " + ρ^" + letter,
            "sent to the evaluator only",
            plus(share, pad),
            List.of(remote, evaluator));
      }
    }
    step("E^C", "the evaluator's share", rest, List.of(evaluator));
    step(
        "ŷ",
        "E^C and all padded shares: enters the circuit",
        plus(opened, rest),
        List.of(evaluator));
    long[] result = plain.get(number);
    long[] output = result;
    Map<PartyId, long[]> masks = new HashMap<>();
    for (PartyId server : split.servers()) {
      long[] mask = draw(result.length, "next mask of " + server);
      masks.put(server, mask);
      if (!server.equals(evaluator)) {
        output = minus(output, mask);
        step(
            "r'^" + letter(server),
            "a mask of the next tensor, inside the garbled circuit",
            mask,
            List.of(server));
      }
    }
    step("x' − Σ r' of the garblers", "what the circuit gives", output, List.of(evaluator));
    long[] own = at(masks, evaluator);
    step("r'^C", "the evaluator takes its own mask off in clear", own, List.of(evaluator));
    long[] masked = minus(output, own);
    step("z'", "x' − Σ r', told to the other remote servers", masked, split.remotes());
    for (PartyId server : split.servers()) {
      masked = plus(masked, at(masks, server));
    }
    step("x'", "z' and all masks: nobody has it", masked, List.of());
  }

  /** A, C for the evaluator, else the remote server's number. */
  private String letter(PartyId server) {
    if (server.equals(SplitPlan.GATEWAY)) {
      return "A";
    }
    int index = split.remotes().indexOf(server);
    return index == split.remoteServers() - 1 ? "C" : Integer.toString(index + 1);
  }
}
