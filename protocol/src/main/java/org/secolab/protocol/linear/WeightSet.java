package org.secolab.protocol.linear;

import java.util.ArrayList;
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
    Modulus modulus = part.modulus();
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    for (LinearLayer layer : layers) {
      if (!(part.layer(layer.number()) instanceof FixedLinear linear)) {
        throw new IllegalArgumentException("expected layer " + layer.number() + " to be linear");
      }
      List<LinearBranch> branches = new ArrayList<>(LinearBranch.of(linear));
      for (int index = 0; index < branches.size(); index++) {
        PackedConvolution packed = layer.packed(index);
        if (packed != null) {
          FixedConvolution convolution = branches.get(index).convolution().orElseThrow();
          long[] residues = new long[convolution.weights().length];
          for (int i = 0; i < residues.length; i++) {
            residues[i] = modulus.reduce(convolution.weights()[i]);
          }
          Key key = new Key(layer.number(), index);
          convolutions.put(key, convolution);
          prepared.put(key, packed.prepare(residues, evaluator::prepare));
        }
      }
    }
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
