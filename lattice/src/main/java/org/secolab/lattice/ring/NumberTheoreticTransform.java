package org.secolab.lattice.ring;

/**
 * Between the coefficients of a polynomial modulo X^N+1 and one prime, and its values at the odd
 * powers of ψ: value i is a(ψ^(2·brv(i)+1)). All implementations agree on every input.
 */
public interface NumberTheoreticTransform {
  /** Coefficients in [0, q) become values in [0, q), in place. */
  void forward(long[] row);

  /** Values in [0, q) become coefficients in [0, q), in place. */
  void inverse(long[] row);

  /** What reports call this implementation, such as {@code scalar}. */
  String name();
}
