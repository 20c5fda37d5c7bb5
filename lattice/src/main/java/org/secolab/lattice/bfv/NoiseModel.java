package org.secolab.lattice.bfv;

import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.sample.CentredBinomialSampler;

/**
 * How large noise gets, as variances of independent terms: the average case, bounded at six
 * standard deviations.
 *
 * <p>A fresh encryption under the sum of n ternary keys has the noise e·u + e_0 + e_1·s, with e a
 * sum of n narrow terms, and u and every part of s ternary (variance 2/3): variance σ²·(1 + 4Nn/3).
 */
public final class NoiseModel {
  /** A bound at this many standard deviations fails for one coefficient in 5·10^8. */
  public static final double DEVIATIONS = 6;

  private NoiseModel() {}

  /** The variance of a fresh public-key encryption's noise under n key holders' collective key. */
  public static double freshVariance(int degree, int keyHolders) {
    double narrow = CentredBinomialSampler.STANDARD_DEVIATION;
    return narrow * narrow * (1 + 4.0 * degree * keyHolders / 3) + roundingVariance();
  }

  /** Of the rounding of q·m/t: uniform in [−1/2, 1/2]. */
  private static double roundingVariance() {
    return 1.0 / 12;
  }

  /**
   * log2 B_0: a bound on the noise of the circuit's result before any flooding.
   *
   * @param t the plaintext modulus
   */
  public static double boundLog2(int degree, PlaintextModulus t, LinearCircuit circuit) {
    double fresh = freshVariance(degree, circuit.keyHolders());
    double weight =
        circuit.weightBits() == 0
            ? Math.pow((double) t.value(), 2) / 12 // uniform in [−t/2, t/2)
            : Math.scalb(1.0, 2 * (circuit.weightBits() - 1)); // at the bound of the range
    double products = fresh * circuit.keyHolders() * (double) circuit.nonZeros() * weight;
    double variance = circuit.multipliers() * (products + fresh);
    return log2(DEVIATIONS * Math.sqrt(variance));
  }

  /**
   * log2 of the largest total noise that decrypts: q/2t, less what rounding shares to {@link
   * RoundedPolynomial#GUARD_BITS} guard bits costs.
   */
  public static double allowedLog2(double log2q, PlaintextModulus t, LinearCircuit circuit) {
    double roundings = 1 + circuit.multipliers() + circuit.keyHolders();
    double lost = Math.scalb(roundings, -RoundedPolynomial.GUARD_BITS);
    return log2q - log2((double) t.value()) - 1 + log2(1 - lost);
  }

  /** log2 of the largest noise when every flood is 2^stat·B_0: B_0·(1 + floods·2^stat). */
  public static double floodedLog2(double boundLog2, LinearCircuit circuit, int stat) {
    return boundLog2 + log2(1 + circuit.floods() * Math.scalb(1.0, stat));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
