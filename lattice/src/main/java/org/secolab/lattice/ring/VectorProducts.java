package org.secolab.lattice.ring;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.secolab.lattice.arith.Modulus;

/**
 * Products by fused multiply-add, as {@link VectorTransform} explains, for primes below 2^50. Both
 * factors are in [0, q), so the quotient is off by at most 3·2^50·2^−53 + 1/2 and each product is
 * |v| ≤ 0.875·q; six of them and a reduced one stay below 2^53.
 */
final class VectorProducts implements PointwiseProducts {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();
  private static final int CAPACITY = 6;
  private static final double ROUND = 0x1.8p52;
  private static final double TWO_52 = 0x1p52;
  private static final long TWO_52_BITS = Double.doubleToRawLongBits(TWO_52);
  private static final long MANTISSA = (1L << 52) - 1;

  private final long longQ;
  private final double q;

  VectorProducts(Modulus modulus) {
    longQ = modulus.value();
    q = (double) longQ;
  }

  @Override
  public void sum(long[][] a, long[][] b, long[] result) {
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector inverseQ = DoubleVector.broadcast(DOUBLES, 1 / q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < result.length; j += LANES) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      int room = CAPACITY;
      for (int i = 0; i < a.length; i++) {
        if (room-- == 0) {
          sum = sum.mul(inverseQ).add(round).sub(round).fma(minusQ, sum);
          room = CAPACITY - 1;
        }
        DoubleVector x =
            LongVector.fromArray(LONGS, a[i], j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
        DoubleVector y =
            LongVector.fromArray(LONGS, b[i], j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
        DoubleVector h = x.mul(y);
        DoubleVector v =
            h.mul(inverseQ).add(round).sub(round).fma(minusQ, h).add(x.fma(y, h.neg()));
        sum = sum.add(v);
      }
      // To the nearest representative, and from there to [0, q).
      LongVector signed =
          sum.mul(inverseQ)
              .add(round)
              .sub(round)
              .fma(minusQ, sum)
              .add(round)
              .reinterpretAsLongs()
              .and(MANTISSA)
              .sub(1L << 51);
      signed.add(signed.lanewise(VectorOperators.ASHR, 63).and(longQ)).intoArray(result, j);
    }
  }
}
