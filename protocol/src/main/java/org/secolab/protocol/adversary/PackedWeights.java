package org.secolab.protocol.adversary;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.protocol.linear.CoefficientConvolution;
import org.secolab.protocol.linear.PackedConvolution;

/**
 * Where each weight of a layer stands in its packed polynomial: public, like all of the packing.
 */
final class PackedWeights {
  private final PackedConvolution packed;
  private final int[] positions;

  /** For a layer that fits one polynomial for inputs, weights and outputs each. */
  PackedWeights(FixedConvolution convolution, int degree) {
    packed = new CoefficientConvolution(convolution, degree, PackingObjective.TOTAL_POLYNOMIALS);
    long[] numbers = LongStream.rangeClosed(1, convolution.weights().length).toArray();
    List<long[]> polynomials = packed.prepare(numbers, polynomial -> polynomial);
    if (polynomials.size() != 1 || packed.inputs() != 1 || packed.outputs() != 1) {
      throw new IllegalArgumentException("expected a layer of one polynomial, got a larger one");
    }
    positions = new int[numbers.length];
    Arrays.fill(positions, -1);
    long[] polynomial = polynomials.getFirst();
    for (int i = 0; i < polynomial.length; i++) {
      if (polynomial[i] != 0) {
        positions[(int) polynomial[i] - 1] = i;
      }
    }
  }

  PackedConvolution packed() {
    return packed;
  }

  /** How many weights there are. */
  int count() {
    return positions.length;
  }

  /** The coefficient that weight {@code index} is. */
  int position(int index) {
    return positions[index];
  }
}
