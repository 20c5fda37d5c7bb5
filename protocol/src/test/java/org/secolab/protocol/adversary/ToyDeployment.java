package org.secolab.protocol.adversary;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ParameterSet;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Deployments with tiny, insecure rings, so that statistics over many runs are affordable. What is
 * tested on them is the protocol's code; how hard its ciphertexts are to break is a matter of
 * parameters and not of tests.
 */
final class ToyDeployment {
  private static final int DEGREE = 256;
  private static final int PRIME_BITS = 45;
  private static final int PRIMES = 3;
  private static final int STATISTICAL_BITS = 20;

  private ToyDeployment() {}

  static DeployedModel cut(FixedModel model, SplitPlan split, RandomSource random) {
    ParameterSet parameters = parameters(model.modulus().bits());
    return DeployedModel.cut(model, split, parameters, parameters, random);
  }

  static ParameterSet parameters(int ringBits) {
    return new ParameterSet(
        BfvParametersSpec.insecureToy(DEGREE, PRIME_BITS, PRIMES, 1L << ringBits),
        STATISTICAL_BITS);
  }
}
