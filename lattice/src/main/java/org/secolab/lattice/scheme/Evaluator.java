package org.secolab.lattice.scheme;

import java.util.List;

/**
 * Whoever computes on ciphertexts. Nothing here hides what was computed: see {@link
 * Encryptor#rerandomise}.
 *
 * @param <C> ciphertexts
 * @param <W> plaintext factors, prepared for many products
 */
public interface Evaluator<C, W> {
  /**
   * A plaintext factor.
   *
   * @param coefficients N residues in [0, t), taken as the representatives of least absolute value
   */
  W prepare(long[] coefficients);

  /** The sum of two messages. */
  C add(C a, C b);

  /** The difference of two messages. */
  C subtract(C a, C b);

  /**
   * A message plus a plaintext.
   *
   * @param coefficients N residues in [0, t)
   */
  C addPlain(C ciphertext, long[] coefficients);

  /**
   * Σ factors[i]·ciphertexts[i], products modulo X^N+1 and t.
   *
   * @param factors at least one
   * @param ciphertexts as many
   */
  C multiplySum(List<W> factors, List<C> ciphertexts);
}
