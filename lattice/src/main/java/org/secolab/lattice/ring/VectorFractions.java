package org.secolab.lattice.ring;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * α of {@link RoundedFractions} on vectors, for primes below 2^50, equal to the scalar one on every
 * input: Σ y_i/p_i in doubles is off by less than 2^−42 for up to 32 primes, so it decides unless
 * it is closer than that to the middle between two integers. Such vectors, one in 2^36 where x is
 * random, are left to the scalar twin.
 */
final class VectorFractions {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();
  private static final double ROUND = 0x1.8p52;
  private static final double TWO_52 = 0x1p52;
  private static final long TWO_52_BITS = Double.doubleToRawLongBits(TWO_52);
  private static final long MANTISSA = (1L << 52) - 1;
  private static final double CLEAR = 0.5 - 0x1p-40; // a distance from α that leaves no doubt

  private VectorFractions() {}

  static void round(RoundedFractions fractions, long[][] y, long[] alpha) {
    double[] reciprocals = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      reciprocals[i] = 1 / (double) fractions.ring().modulus(i).value();
    }
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < alpha.length; j += LANES) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int i = 0; i < y.length; i++) {
        sum =
            LongVector.fromArray(LONGS, y[i], j)
                .or(TWO_52_BITS)
                .reinterpretAsDoubles()
                .sub(TWO_52)
                .fma(DoubleVector.broadcast(DOUBLES, reciprocals[i]), sum);
      }
      DoubleVector shifted = sum.add(round);
      // The mantissa of 1.5·2^52 + α is 2^51 + α.
      shifted.reinterpretAsLongs().and(MANTISSA).sub(1L << 51).intoArray(alpha, j);
      if (sum.sub(shifted.sub(round)).abs().compare(VectorOperators.GT, CLEAR).anyTrue()) {
        fractions.round(y, alpha, j, j + LANES);
      }
    }
  }
}
