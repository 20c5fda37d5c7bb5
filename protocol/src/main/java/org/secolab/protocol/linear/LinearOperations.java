package org.secolab.protocol.linear;

import java.util.List;
import org.secolab.lattice.scheme.Evaluator;

/**
 * What a packed convolution asks of a scheme, whether the weights are in clear or encrypted.
 *
 * @param <C> ciphertexts
 * @param <W> weights
 */
public interface LinearOperations<C, W> {
  /** Σ weights[i]·ciphertexts[i], products of polynomials. */
  C multiplySum(List<W> weights, List<C> ciphertexts);

  /** The sum of two messages. */
  C add(C a, C b);

  /**
   * A message whose slots are rotated to the left, in both rows.
   *
   * @param places 1 to N/2 − 1
   */
  C rotate(C ciphertext, int places);

  /** For packings that never rotate. */
  static <C, W> LinearOperations<C, W> withoutRotations(Evaluator<C, W> evaluator) {
    return new LinearOperations<>() {
      @Override
      public C multiplySum(List<W> weights, List<C> ciphertexts) {
        return evaluator.multiplySum(weights, ciphertexts);
      }

      @Override
      public C add(C a, C b) {
        return evaluator.add(a, b);
      }

      @Override
      public C rotate(C ciphertext, int places) {
        throw new IllegalStateException("expected a packing without rotations, got one with");
      }
    };
  }
}
