package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.NoiseEstimate;
import org.secolab.lattice.bfv.NoiseModel;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.protocol.linear.LayerDemand;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.linear.ParameterPolicy;

/**
 * One parameter set for everything, as the paper has it, with as much flooding as it affords: the
 * paper has none at all.
 */
public final class PaperParameters implements ParameterPolicy {
  private static final int SERVERS = 3;

  /** What is asked of decryption: two floods, by B and C. */
  private static final LinearCircuit DECRYPTION = new LinearCircuit(SERVERS, 1, 2, 1, 0);

  private final BfvParameters parameters;
  private final int askedStatisticalBits;

  /**
   * @param askedStatisticalBits the most flooding that is wanted
   */
  PaperParameters(BfvParameters parameters, int askedStatisticalBits) {
    this.parameters = parameters;
    this.askedStatisticalBits = askedStatisticalBits;
  }

  /** N = 8192, t = 2061584302081, 218 bits of modulus, flooding with 64 bits where affordable. */
  public static PaperParameters secure() {
    return new PaperParameters(
        BfvParameters.of(BfvParametersSpec.paper()),
        ParameterChoice.DEFAULT_STATISTICAL_SECURITY_BITS);
  }

  BfvParameters parameters() {
    return parameters;
  }

  @Override
  public ParameterChoice collective(int ringBits, IntFunction<LayerDemand> demand) {
    throw new IllegalStateException("expected products with encrypted weights");
  }

  /** For the layers between user and gateway. */
  @Override
  public ParameterChoice singleKey(int ringBits, IntFunction<LayerDemand> demand) {
    LinearCircuit circuit = demand.apply(parameters.degree()).circuit();
    int bits = Math.min(askedStatisticalBits, parameters.largestStatisticalSecurity(circuit));
    return new ParameterChoice(
        parameters,
        parameters.flooding(circuit, bits),
        List.of(
            description()
                + String.format(
                    Locale.ROOT, "; floods with %d bits of statistical security", bits)));
  }

  private String description() {
    return String.format(
        Locale.ROOT,
        "%s: N = %d, t = %s, security %s",
        parameters.name(),
        parameters.degree(),
        parameters.plaintextModulus(),
        parameters.rlwe().security());
  }

  /**
   * For products with encrypted weights.
   *
   * @param convolutions all of them
   * @throws IllegalArgumentException with the figures, if there is no room for a flood of as many
   *     bits as secure parameters must have; for others: for any flood
   */
  ParameterChoice encryptedWeights(List<PackedConvolution> convolutions) {
    double bound = NoiseEstimate.fresh(parameters, SERVERS).plus(masks()).boundLog2();
    for (PackedConvolution packed : convolutions) {
      bound = Math.max(bound, result(packed.growth()).boundLog2());
    }
    double allowed =
        NoiseModel.allowedLog2(
            parameters.ring().log2q(), parameters.plaintextModulus(), DECRYPTION);
    int least = parameters.rlwe().isSecure() ? Flooding.LEAST_STATISTICAL_SECURITY_BITS : 1;
    int bits = askedStatisticalBits;
    while (bits >= least && NoiseModel.floodedLog2(bound, DECRYPTION, bits) > allowed) {
      bits--;
    }
    if (bits < least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected room for a flood of %d bits of statistical security, but \"%s\" allows"
                  + " noise up to 2^%.1f and products have 2^%.1f",
              least,
              parameters.name(),
              allowed,
              bound));
    }
    List<String> explanation = new ArrayList<>();
    explanation.add(description());
    explanation.add(
        String.format(
            Locale.ROOT,
            "products of encrypted weights and masks: noise before flooding 2^%.1f, 2^%.1f"
                + " decrypts",
            bound,
            allowed));
    explanation.add(
        String.format(
            Locale.ROOT,
            "decryption shares are flooded with %d bits of statistical security (%d asked for)",
            bits,
            askedStatisticalBits));
    return new ParameterChoice(parameters, new Flooding(bits, bound), explanation);
  }

  /** Of ct(r): everybody adds a fresh encryption. */
  private NoiseEstimate masks() {
    NoiseEstimate fresh = NoiseEstimate.fresh(parameters, SERVERS);
    return fresh.plus(fresh).plus(fresh);
  }

  private NoiseEstimate result(PackedConvolution.NoiseGrowth growth) {
    NoiseEstimate fresh = NoiseEstimate.fresh(parameters, SERVERS);
    NoiseEstimate moved = masks();
    for (int i = 0; i < growth.inputRotations(); i++) {
      moved = moved.rotated(parameters);
    }
    NoiseEstimate product = fresh.plus(fresh).times(moved, parameters);
    // A rotation adds less than a relinearisation.
    double switched = new NoiseEstimate(0, SERVERS).relinearised(parameters).variance();
    NoiseEstimate sum =
        new NoiseEstimate(
            growth.products() * product.variance() + growth.switches() * switched, SERVERS);
    return sum.plus(fresh).plus(fresh);
  }
}
