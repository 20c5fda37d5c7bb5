package org.secolab.protocol.linear;

import java.util.function.IntFunction;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.rlwe.Flooding;

/** How a protocol comes to its encryption parameters. */
public interface ParameterPolicy {
  /**
   * For layers under the servers' collective key.
   *
   * @param ringBits ℓ, with t = 2^ℓ
   * @param demand what is to be computed, given the ring degree it is packed for
   */
  ParameterChoice collective(int ringBits, IntFunction<LayerDemand> demand);

  /**
   * For layers between user and gateway under the user's key. Their flooding is all that protects
   * the gateway's weights.
   */
  ParameterChoice singleKey(int ringBits, IntFunction<LayerDemand> demand);

  /**
   * At least 128 bits of computational security; 64 of statistical security for each coefficient,
   * or, in the small ring, what it affords, if all coefficients of an inference together keep 40.
   */
  ParameterPolicy SECURE =
      new ParameterPolicy() {
        private static final int SMALL = 4096;
        private static final int STANDARD = 8192;
        private static final int ASKED = ParameterChoice.DEFAULT_STATISTICAL_SECURITY_BITS;

        @Override
        public ParameterChoice collective(int ringBits, IntFunction<LayerDemand> demand) {
          return ParameterChoice.collective(ringBits, demand.apply(STANDARD).circuit(), ASKED);
        }

        @Override
        public ParameterChoice singleKey(int ringBits, IntFunction<LayerDemand> demand) {
          LayerDemand small = demand.apply(SMALL);
          ParameterChoice choice = ParameterChoice.singleKey(ringBits, small.circuit(), ASKED);
          boolean isEnough =
              choice.parameters().degree() == SMALL
                  && choice.flooding().statisticalDistanceLog2(small.floodedCoefficients())
                      <= -Flooding.LEAST_STATISTICAL_SECURITY_BITS;
          return isEnough ? choice : collective(ringBits, demand);
        }
      };
}
