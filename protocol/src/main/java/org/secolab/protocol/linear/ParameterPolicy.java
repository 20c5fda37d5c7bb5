package org.secolab.protocol.linear;

import java.util.function.IntFunction;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.ParameterChoice;

/** How a protocol comes to its encryption parameters. */
public interface ParameterPolicy {
  /**
   * For layers under the servers' collective key.
   *
   * @param ringBits ℓ, with t = 2^ℓ
   * @param circuit what is to be computed, given the ring degree it is packed for
   */
  ParameterChoice collective(int ringBits, IntFunction<LinearCircuit> circuit);

  /** For layers between user and gateway under the user's key. */
  ParameterChoice singleKey(int ringBits, IntFunction<LinearCircuit> circuit);

  /**
   * At least 128 bits of computational and, where the ring affords it, 64 of statistical security.
   */
  ParameterPolicy SECURE =
      new ParameterPolicy() {
        private static final int SMALL = 4096;
        private static final int STANDARD = 8192;

        @Override
        public ParameterChoice collective(int ringBits, IntFunction<LinearCircuit> circuit) {
          return ParameterChoice.collective(
              ringBits, circuit.apply(STANDARD), ParameterChoice.DEFAULT_STATISTICAL_SECURITY_BITS);
        }

        @Override
        public ParameterChoice singleKey(int ringBits, IntFunction<LinearCircuit> circuit) {
          ParameterChoice choice =
              ParameterChoice.singleKey(
                  ringBits,
                  circuit.apply(SMALL),
                  ParameterChoice.DEFAULT_STATISTICAL_SECURITY_BITS);
          return choice.parameters().degree() == SMALL ? choice : collective(ringBits, circuit);
        }
      };
}
