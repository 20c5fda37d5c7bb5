package org.secolab.lattice.bfv;

import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.sample.CentredBinomialSampler;

/**
 * The variance of a ciphertext's noise per coefficient, followed through a computation. The noise
 * is the phase less round(q·m/t), as an integer of least absolute value.
 *
 * <p>Average case: terms are taken as independent, and ciphertexts as uniform. h stands for the
 * variance of a coefficient of s, 2n/3 for n key holders. Standard deviations agree with measured
 * ones within a factor of 1.2, which a test holds.
 *
 * @param variance not negative
 * @param keyHolders n, among whom the key is shared
 */
public record NoiseEstimate(double variance, int keyHolders) {
  private static final double NARROW =
      CentredBinomialSampler.STANDARD_DEVIATION * CentredBinomialSampler.STANDARD_DEVIATION;

  public NoiseEstimate {
    if (!(variance >= 0) || keyHolders < 1) {
      throw new IllegalArgumentException(
          "expected a variance and at least one key holder, got " + variance + ", " + keyHolders);
    }
  }

  /** Of a fresh encryption under a public key: σ²·(1 + 4Nn/3) + 1/12. */
  public static NoiseEstimate fresh(BfvParameters parameters, int keyHolders) {
    return new NoiseEstimate(NoiseModel.freshVariance(parameters.degree(), keyHolders), keyHolders);
  }

  /** Of a {@link SeededCiphertext}: σ². */
  public static NoiseEstimate seeded() {
    return new NoiseEstimate(NARROW, 1);
  }

  /** Of a sum or difference. */
  public NoiseEstimate plus(NoiseEstimate other) {
    return new NoiseEstimate(variance + other.variance, keyHolders);
  }

  /**
   * Of a product with a plaintext factor.
   *
   * @param nonZeros coefficients of the factor that are not zero
   * @param meanSquare of those; t²/12 if uniform
   */
  public NoiseEstimate timesPlain(long nonZeros, double meanSquare) {
    return new NoiseEstimate(variance * (double) nonZeros * meanSquare, keyHolders);
  }

  /** With a flood, uniform on [−B, B]: B²/3 more. */
  public NoiseEstimate flooded(Flooding flooding) {
    double bound = flooding.bound().doubleValue();
    return new NoiseEstimate(variance + bound * bound / 3, keyHolders);
  }

  /**
   * Of a product of ciphertexts, before relinearisation. With the phases q·U and q·U', U of
   * variance (1 + N·h)/12, the noise is t·(U·v' + U'·v) and what rounding three polynomials adds. U
   * and v both contain s, and a coefficient of s² has twice the variance of one of a product of
   * independent factors: the estimate counts all of it twice, which for fresh factors is 0.2 bits
   * too much.
   */
  public NoiseEstimate times(NoiseEstimate other, BfvParameters parameters) {
    double t = (double) parameters.plaintextModulus().value();
    double n = parameters.degree();
    double h = keyVariance();
    double u = (1 + n * h) / 12;
    double rounding = (1 + n * h + n * n * h * h) / 12;
    return new NoiseEstimate(
        2 * n * t * t * u * (variance + other.variance) + rounding, keyHolders);
  }

  /** After relinearisation with a collective key, whose noise is s·e + u·e' + e''. */
  public NoiseEstimate relinearised(BfvParameters parameters) {
    double ofKey =
        keyHolders == 1
            ? NARROW
            : keyHolders * NARROW * (1 + 2 * parameters.degree() * keyVariance());
    return switched(parameters, ofKey);
  }

  /** After an automorphism. */
  public NoiseEstimate rotated(BfvParameters parameters) {
    return switched(parameters, keyHolders * NARROW);
  }

  /** Digits centred modulo each prime, times the key's noise, divided by p and rounded. */
  private NoiseEstimate switched(BfvParameters parameters, double ofKey) {
    Ring keyRing = parameters.rlwe().keyRing();
    double p = (double) keyRing.primes().getLast();
    double digits = 0;
    for (long prime : parameters.ring().primes()) {
      digits += Math.pow(prime / p, 2) / 12;
    }
    return new NoiseEstimate(
        variance + parameters.degree() * digits * ofKey + roundingVariance(parameters), keyHolders);
  }

  /**
   * After the last prime is dropped.
   *
   * @param parameters before that
   */
  public NoiseEstimate withoutLastPrime(BfvParameters parameters) {
    double p = (double) parameters.ring().primes().getLast();
    return new NoiseEstimate(variance / (p * p) + roundingVariance(parameters), keyHolders);
  }

  /** Of rounding c_0 and c_1: (1 + N·h)/12. */
  private double roundingVariance(BfvParameters parameters) {
    return (1 + parameters.degree() * keyVariance()) / 12;
  }

  private double keyVariance() {
    return 2.0 * keyHolders / 3;
  }

  /** log2 of the standard deviation. */
  public double deviationLog2() {
    return log2(variance) / 2;
  }

  /** log2 of six standard deviations: exceeded by one coefficient in 5·10^8. */
  public double boundLog2() {
    return deviationLog2() + log2(NoiseModel.DEVIATIONS);
  }

  /** log2 of q/2t over the bound: how many bits of noise may still come. */
  public double budgetLog2(BfvParameters parameters) {
    return parameters.ring().log2q()
        - 1
        - log2((double) parameters.plaintextModulus().value())
        - boundLog2();
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
