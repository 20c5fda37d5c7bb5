package org.secolab.protocol.seco;

import java.util.List;
import java.util.function.IntFunction;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.protocol.deploy.ParameterSet;
import org.secolab.protocol.deploy.PartHeader;
import org.secolab.protocol.linear.LayerDemand;
import org.secolab.protocol.linear.ParameterPolicy;

/** The parameters that stand in a part: the model owner chose them, once for all parties. */
final class DeployedParameters implements ParameterPolicy {
  private final PartHeader header;

  DeployedParameters(PartHeader header) {
    this.header = header;
  }

  /** What is to be written into parts. */
  static ParameterSet of(ParameterChoice choice) {
    return new ParameterSet(
        choice.parameters().spec(), choice.flooding().statisticalSecurityBits());
  }

  @Override
  public ParameterChoice collective(int ringBits, IntFunction<LayerDemand> demand) {
    return choice(header.collectiveKey(), demand);
  }

  @Override
  public ParameterChoice singleKey(int ringBits, IntFunction<LayerDemand> demand) {
    return choice(header.userKey(), demand);
  }

  private static ParameterChoice choice(ParameterSet set, IntFunction<LayerDemand> demand) {
    BfvParameters parameters = BfvParameters.of(set.spec());
    LinearCircuit carried = demand.apply(parameters.degree()).circuit();
    return new ParameterChoice(
        parameters,
        parameters.flooding(carried, set.statisticalSecurityBits()),
        List.of(set.spec().name() + ": as deployed"));
  }
}
