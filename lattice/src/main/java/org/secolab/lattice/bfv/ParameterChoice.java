package org.secolab.lattice.bfv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.secolab.lattice.rlwe.Flooding;

/**
 * Parameters for a circuit, and how they came to be chosen.
 *
 * @param parameters the smallest set that carries the circuit
 * @param flooding how the results are to be flooded
 * @param explanation one line per set looked at, then the chosen one's noise step by step
 */
public record ParameterChoice(
    BfvParameters parameters, Flooding flooding, List<String> explanation) {
  /** What is asked for unless somebody says otherwise. */
  public static final int DEFAULT_STATISTICAL_SECURITY_BITS = 64;

  public ParameterChoice {
    explanation = List.copyOf(explanation);
  }

  /**
   * For layers under a collective key: {@code default} where it carries the circuit at the security
   * asked for, else {@code wide}.
   *
   * @param ringBits ℓ, with t = 2^ℓ
   * @throws IllegalArgumentException with the figures, if neither does
   */
  public static ParameterChoice collective(
      int ringBits, LinearCircuit circuit, int statisticalSecurityBits) {
    return first(
        List.of(BfvParametersSpec.standard(ringBits), BfvParametersSpec.wide(ringBits)),
        circuit,
        statisticalSecurityBits);
  }

  /**
   * For layers between two parties under one's key: {@code small} at the most statistical security
   * it affords up to what is asked for, if that is at least {@link
   * Flooding#LEAST_STATISTICAL_SECURITY_BITS}; else as {@link #collective}.
   *
   * @param ringBits ℓ, with t = 2^ℓ
   * @throws IllegalArgumentException with the figures, if no set carries the circuit
   */
  public static ParameterChoice singleKey(
      int ringBits, LinearCircuit circuit, int statisticalSecurityBits) {
    BfvParameters small = BfvParameters.of(BfvParametersSpec.small(ringBits));
    int affordable = Math.min(statisticalSecurityBits, small.largestStatisticalSecurity(circuit));
    if (affordable >= Flooding.LEAST_STATISTICAL_SECURITY_BITS) {
      return first(List.of(small.spec()), circuit, affordable);
    }
    return collective(ringBits, circuit, statisticalSecurityBits);
  }

  private static ParameterChoice first(
      List<BfvParametersSpec> specs, LinearCircuit circuit, int statisticalSecurityBits) {
    List<String> explanation = new ArrayList<>();
    for (BfvParametersSpec spec : specs) {
      BfvParameters parameters = BfvParameters.of(spec);
      int largest = parameters.largestStatisticalSecurity(circuit);
      explanation.add(
          String.format(
              Locale.ROOT,
              "%s: N = %d, t = %s, security %s; noise before flooding 2^%.1f: carries up to %d bits"
                  + " of statistical security, %d asked for",
              spec.name(),
              spec.degree(),
              parameters.plaintextModulus(),
              parameters.rlwe().security(),
              NoiseModel.boundLog2(spec.degree(), parameters.plaintextModulus(), circuit),
              largest,
              statisticalSecurityBits));
      if (largest >= statisticalSecurityBits) {
        Flooding flooding = parameters.flooding(circuit, statisticalSecurityBits);
        explanation.addAll(NoiseModel.steps(parameters, circuit, flooding));
        return new ParameterChoice(parameters, flooding, explanation);
      }
    }
    throw new IllegalArgumentException(
        "expected a circuit that one of the parameter sets carries, got "
            + circuit
            + ": "
            + String.join("; ", explanation));
  }
}
