package org.secolab.protocol.deploy;

import org.secolab.lattice.bfv.BfvParametersSpec;

/**
 * Encryption parameters as the model owner chose them, so that all parties use the same without
 * having to work them out from shapes that not all of them know.
 *
 * @param spec degree, primes, plaintext modulus
 * @param statisticalSecurityBits how strongly results are flooded
 */
public record ParameterSet(BfvParametersSpec spec, int statisticalSecurityBits) {
  /** Whether this set is for tests only. */
  public boolean isInsecure() {
    return spec.name().startsWith(BfvParametersSpec.INSECURE);
  }
}
