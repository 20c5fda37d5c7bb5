package org.secolab.protocol.linear;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
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

  /** Whether it can. */
  default boolean canPack(FixedConvolution convolution) {
    return true;
  }

  /** Values in slots: prime moduli, rotations. */
  static LinearStrategy slots(SlotEncoder encoder) {
    return new LinearStrategy() {
      @Override
      public PackedConvolution pack(FixedConvolution convolution) {
        return new SlotConvolution(convolution, encoder);
      }

      @Override
      public boolean canPack(FixedConvolution convolution) {
        return SlotConvolution.fits(convolution, encoder);
      }
    };
  }

  /** For each convolution whichever of these costs least, of those that can pack it. */
  static LinearStrategy cheapest(
      List<LinearStrategy> candidates, ToLongFunction<PackedConvolution> cost) {
    return convolution ->
        candidates.stream()
            .filter(candidate -> candidate.canPack(convolution))
            .map(candidate -> candidate.pack(convolution))
            .min(Comparator.comparingLong(cost))
            .orElseThrow(() -> new IllegalArgumentException("expected a way of packing, got none"));
  }
}
