package org.secolab.lattice.bfv;

import java.util.List;
import java.util.Locale;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.rlwe.Flooding;
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
    double weight = weightMeanSquare(t, circuit);
    double products = fresh * circuit.keyHolders() * (double) circuit.nonZeros() * weight;
    double variance = circuit.multipliers() * (products + fresh);
    return log2(DEVIATIONS * Math.sqrt(variance));
  }

  /** The mean square of a weight, or its bound where only that is known. */
  private static double weightMeanSquare(PlaintextModulus t, LinearCircuit circuit) {
    return circuit.weightBits() == 0
        ? Math.pow((double) t.value(), 2) / 12 // uniform in [−t/2, t/2)
        : Math.scalb(1.0, 2 * (circuit.weightBits() - 1)); // at the bound of the range
  }

  /** How the noise of a circuit grows, one line per step: for people who want to follow it. */
  static List<String> steps(BfvParameters parameters, LinearCircuit circuit, Flooding flooding) {
    PlaintextModulus t = parameters.plaintextModulus();
    double fresh = log2(freshVariance(parameters.degree(), circuit.keyHolders())) / 2;
    double sum = fresh + log2(circuit.keyHolders()) / 2;
    double weight = log2(weightMeanSquare(t, circuit)) / 2;
    double product = sum + log2((double) circuit.nonZeros()) / 2 + weight;
    double allowed = allowedLog2(parameters.ring().log2q(), t, circuit);
    double total =
        floodedLog2(flooding.noiseBoundLog2(), circuit, flooding.statisticalSecurityBits());
    return List.of(
        String.format(
            Locale.ROOT,
            "a unit of t = %s is q/t = 2^%.1f; noise below half of it, 2^%.1f, decrypts",
            t,
            parameters.ring().log2q() - log2((double) t.value()),
            allowed),
        String.format(
            Locale.ROOT,
            "fresh encryption, %d key holders: deviation σ·√(1 + 4Nn/3) = 2^%.1f; a sum of %d: 2^%.1f",
            circuit.keyHolders(),
            fresh,
            circuit.keyHolders(),
            sum),
        String.format(
            Locale.ROOT,
            "times %d weights of 2^%.1f (%s): 2^%.1f; %d of those added: 2^%.1f",
            circuit.nonZeros(),
            weight,
            circuit.weightBits() == 0 ? "uniform modulo t" : circuit.weightBits() + " bits",
            product,
            circuit.multipliers(),
            product + log2(circuit.multipliers()) / 2),
        String.format(
            Locale.ROOT,
            "bound before flooding, %.0f deviations: B_0 = 2^%.1f",
            DEVIATIONS,
            flooding.noiseBoundLog2()),
        String.format(
            Locale.ROOT,
            "%d floods uniform up to 2^(%d + %.1f): at most 2^%.1f, %.1f bits to spare",
            circuit.floods(),
            flooding.statisticalSecurityBits(),
            flooding.noiseBoundLog2(),
            total,
            allowed - total));
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
