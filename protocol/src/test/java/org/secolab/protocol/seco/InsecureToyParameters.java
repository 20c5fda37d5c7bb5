package org.secolab.protocol.seco;

import java.util.List;
import java.util.function.IntFunction;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.protocol.linear.LayerDemand;
import org.secolab.protocol.linear.ParameterPolicy;

/** Tiny rings and little flooding, so that property tests run many nets. */
final class InsecureToyParameters implements ParameterPolicy {
  private static final int DEGREE = 256;
  private static final int STATISTICAL_BITS = 20;

  @Override
  public ParameterChoice collective(int ringBits, IntFunction<LayerDemand> demand) {
    BfvParameters parameters =
        BfvParameters.of(BfvParametersSpec.insecureToy(DEGREE, 45, 3, 1L << ringBits));
    return new ParameterChoice(
        parameters,
        parameters.flooding(demand.apply(DEGREE).circuit(), STATISTICAL_BITS),
        List.of("INSECURE toy parameters"));
  }

  @Override
  public ParameterChoice singleKey(int ringBits, IntFunction<LayerDemand> demand) {
    return collective(ringBits, demand);
  }
}
