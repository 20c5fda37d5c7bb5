package org.secolab.protocol.linear;

import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.modelio.fixed.FixedConvolution;

/** A way to lay convolutions out in polynomials. */
@FunctionalInterface
public interface LinearStrategy {
  /**
   * Packs the shape of a convolution.
   *
   * @throws IllegalArgumentException with one line, if this strategy cannot
   */
  PackedConvolution pack(FixedConvolution convolution);

  /** Values as coefficients: any modulus, no rotations. */
  static LinearStrategy coefficients(int degree, PackingObjective objective) {
    return convolution -> new CoefficientConvolution(convolution, degree, objective);
  }

  /** Values in slots: prime moduli, rotations. */
  static LinearStrategy slots(SlotEncoder encoder) {
    return convolution -> new SlotConvolution(convolution, encoder);
  }
}
