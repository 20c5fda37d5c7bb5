package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;

/**
 * The numbers of one server's part of the model: as they are for the online phase, and as
 * polynomials in evaluation form for setup. Reusable over all inferences.
 */
public final class WeightSet {
  private record Key(int layer, int branch) {}

  private final Map<Key, FixedConvolution> convolutions = new HashMap<>();
  private final Map<Key, List<PreparedWeights>> prepared = new HashMap<>();

  /** Prepares the convolutions of {@code layers} with the numbers of {@code part}. */
  public WeightSet(FixedModel part, List<LinearLayer> layers, BfvParameters parameters) {
    this(part, layers);
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    convolutions.forEach(
        (key, convolution) ->
            prepared.put(
                key,
                packed(layers, key)
                    .prepare(residues(convolution.weights(), part.modulus()), evaluator::prepare)));
  }

  private WeightSet(FixedModel part, List<LinearLayer> layers) {
    for (LinearLayer layer : layers) {
      if (!(part.layer(layer.number()) instanceof FixedLinear linear)) {
        throw new IllegalArgumentException("expected layer " + layer.number() + " to be linear");
      }
      List<LinearBranch> branches = new ArrayList<>(LinearBranch.of(linear));
      for (int index = 0; index < branches.size(); index++) {
        if (layer.packed(index) != null) {
          FixedConvolution convolution = branches.get(index).convolution().orElseThrow();
          convolutions.put(new Key(layer.number(), index), convolution);
        }
      }
    }
  }

  /** The numbers as they are only, of the convolutions of {@code layers}. */
  public static WeightSet inClear(FixedModel part, List<LinearLayer> layers) {
    return new WeightSet(part, layers);
  }

  private static PackedConvolution packed(List<LinearLayer> layers, Key key) {
    return layers.stream()
        .filter(layer -> layer.number() == key.layer())
        .findFirst()
        .orElseThrow()
        .packedAt(key.branch());
  }

  /** Weights as residues. */
  public static long[] residues(long[] weights, Modulus modulus) {
    return Arrays.stream(weights).map(modulus::reduce).toArray();
  }

  /** The numbers of a branch. */
  public FixedConvolution convolution(int layer, int branch) {
    return find(convolutions, layer, branch);
  }

  /** The numbers of a branch as polynomials. */
  public List<PreparedWeights> prepared(int layer, int branch) {
    return find(prepared, layer, branch);
  }

  private static <T> T find(Map<Key, T> map, int layer, int branch) {
    T found = map.get(new Key(layer, branch));
    if (found == null) {
      throw new IllegalArgumentException(
          "expected a branch with weights, got layer " + layer + ", branch " + branch);
    }
    return found;
  }
}
