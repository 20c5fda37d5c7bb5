package org.secolab.protocol.deploy;

import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.rlwe.Flooding;

/**
 * Encryption parameters as the model owner chose them, so that all parties use the same without
 * having to work them out from shapes that not all of them know.
 *
 * @param spec degree, primes, plaintext modulus
 * @param statisticalSecurityBits how strongly results are flooded
 */
public record ParameterSet(BfvParametersSpec spec, int statisticalSecurityBits) {
  /**
   * The same for a party that floods nothing under this key: it is not told how strongly others do,
   * which depends on their weights.
   */
  ParameterSet withLeastFlooding() {
    return new ParameterSet(
        spec, Math.min(statisticalSecurityBits, Flooding.LEAST_STATISTICAL_SECURITY_BITS));
  }

  /** Whether this set is for tests only. */
  public boolean isInsecure() {
    return spec.name().startsWith(BfvParametersSpec.INSECURE);
  }
}
