package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.ExtendedCiphertext;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.protocol.linear.LinearOperations;

/**
 * A's computing on encrypted weights and masks: sums of products of ciphertexts, relinearised once
 * for each sum, and rotations. For the products of one convolution.
 */
final class CiphertextProducts implements LinearOperations<Ciphertext, CiphertextStore.Stored> {
  private final BfvMultiplier multiplier;
  private final BfvEvaluator evaluator;
  private final EvaluationKeys keys;
  // Masks enter many products; a weight enters one, so it is not worth keeping.
  private final IdentityHashMap<Ciphertext, ExtendedCiphertext> masks = new IdentityHashMap<>();

  CiphertextProducts(BfvParameters parameters, BfvMultiplier multiplier, EvaluationKeys keys) {
    this.multiplier = multiplier;
    this.evaluator = new BfvEvaluator(parameters);
    this.keys = keys;
  }

  /**
   * What computing on products takes, all collective.
   *
   * @param relinearization from products back to ciphertexts
   * @param rotations by how far they rotate
   */
  record EvaluationKeys(RelinearizationKey relinearization, Map<Integer, GaloisKey> rotations) {
    EvaluationKeys {
      rotations = Map.copyOf(rotations);
    }
  }

  @Override
  public Ciphertext multiplySum(
      List<CiphertextStore.Stored> weights, List<Ciphertext> ciphertexts) {
    List<ExtendedCiphertext> factors = new ArrayList<>();
    List<ExtendedCiphertext> operands = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      factors.add(multiplier.extend(weights.get(i).read()));
      operands.add(masks.computeIfAbsent(ciphertexts.get(i), multiplier::extend));
    }
    return BfvMultiplier.relinearise(
        multiplier.multiplySum(factors, operands), keys.relinearization());
  }

  @Override
  public Ciphertext add(Ciphertext a, Ciphertext b) {
    return evaluator.add(a, b);
  }

  @Override
  public Ciphertext rotate(Ciphertext ciphertext, int places) {
    GaloisKey key = keys.rotations().get(places);
    if (key == null) {
      throw new AssertionError("no key for a rotation by " + places);
    }
    return evaluator.apply(ciphertext, key);
  }
}
