package org.secolab.lattice.ring;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.secolab.lattice.arith.Modulus;

/**
 * Products by fused multiply-add, as {@link VectorTransform} explains, for primes below 2^50.
 *
 * <p>Where both factors are in [0, q), the quotient is off by at most 3·2^50·2^−53 + 1/2 and each
 * product is |v| ≤ 0.875·q; six of them and a reduced one stay below 2^53. Where one factor w is
 * known beforehand, as |w| ≤ q/2 with its companion w/q, and the other one x is |x| &lt; 2^50, the
 * quotient is at most 2^49 and off by at most 2^49·2^−52 + 1/2, so |v| ≤ 0.625·q; ten of them and a
 * reduced one stay below 2^53.
 */
final class VectorRows implements RowArithmetic {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();
  private static final int CAPACITY = 6;
  private static final int CONSTANT_CAPACITY = 10;
  private static final double ROUND = 0x1.8p52;
  private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
  private static final double TWO_52 = 0x1p52;
  private static final long TWO_52_BITS = Double.doubleToRawLongBits(TWO_52);
  private static final long MANTISSA = (1L << 52) - 1;

  private final long longQ;
  private final double q;
  private final ScalarRows scalar;

  VectorRows(Modulus modulus) {
    longQ = modulus.value();
    q = (double) longQ;
    scalar = new ScalarRows(modulus);
  }

  /** The representative of least absolute value. */
  private double centred(long residue) {
    return (double) (residue > longQ / 2 ? residue - longQ : residue);
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

  @Override
  public void addProduct(long[] a, long[] b, long[] result) {
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector inverseQ = DoubleVector.broadcast(DOUBLES, 1 / q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < result.length; j += LANES) {
      DoubleVector x =
          LongVector.fromArray(LONGS, a, j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
      DoubleVector y =
          LongVector.fromArray(LONGS, b, j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
      DoubleVector z =
          LongVector.fromArray(LONGS, result, j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
      DoubleVector h = x.mul(y);
      DoubleVector sum =
          h.mul(inverseQ).add(round).sub(round).fma(minusQ, h).add(x.fma(y, h.neg())).add(z);
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

  @Override
  public void multiply(long[] a, long factor, long[] result) {
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector w = DoubleVector.broadcast(DOUBLES, centred(factor));
    DoubleVector wq = DoubleVector.broadcast(DOUBLES, centred(factor) / q);
    for (int j = 0; j < result.length; j += LANES) {
      DoubleVector x =
          LongVector.fromArray(LONGS, a, j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
      DoubleVector h = x.mul(w);
      LongVector signed =
          x.mul(wq)
              .add(round)
              .sub(round)
              .fma(minusQ, h)
              .add(x.fma(w, h.neg()))
              .add(round)
              .reinterpretAsLongs()
              .and(MANTISSA)
              .sub(1L << 51);
      signed.add(signed.lanewise(VectorOperators.ASHR, 63).and(longQ)).intoArray(result, j);
    }
  }

  @Override
  public void multiplyDifference(long[] a, long[] b, long factor, long[] result) {
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector w = DoubleVector.broadcast(DOUBLES, centred(factor));
    DoubleVector wq = DoubleVector.broadcast(DOUBLES, centred(factor) / q);
    for (int j = 0; j < result.length; j += LANES) {
      // 2^52 + x − (2^52 + y): exact, |x − y| < q.
      DoubleVector x =
          LongVector.fromArray(LONGS, a, j)
              .or(TWO_52_BITS)
              .reinterpretAsDoubles()
              .sub(LongVector.fromArray(LONGS, b, j).or(TWO_52_BITS).reinterpretAsDoubles());
      DoubleVector h = x.mul(w);
      LongVector signed =
          x.mul(wq)
              .add(round)
              .sub(round)
              .fma(minusQ, h)
              .add(x.fma(w, h.neg()))
              .add(round)
              .reinterpretAsLongs()
              .and(MANTISSA)
              .sub(1L << 51);
      signed.add(signed.lanewise(VectorOperators.ASHR, 63).and(longQ)).intoArray(result, j);
    }
  }

  /** Integers of 2^50 and more, which no protocol has, are left to the scalar twin. */
  @Override
  public void reduceSigned(long[] integers, long[] result) {
    long magnitudes = 0;
    for (long integer : integers) {
      magnitudes |= integer ^ (integer >> 63);
    }
    if (magnitudes >>> VectorTransform.MAX_BITS != 0) {
      scalar.reduceSigned(integers, result);
      return;
    }
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector inverseQ = DoubleVector.broadcast(DOUBLES, 1 / q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < result.length; j += LANES) {
      DoubleVector x =
          LongVector.fromArray(LONGS, integers, j)
              .add(ROUND_BITS)
              .reinterpretAsDoubles()
              .sub(round);
      LongVector signed =
          x.mul(inverseQ)
              .add(round)
              .sub(round)
              .fma(minusQ, x)
              .add(round)
              .reinterpretAsLongs()
              .and(MANTISSA)
              .sub(1L << 51);
      signed.add(signed.lanewise(VectorOperators.ASHR, 63).and(longQ)).intoArray(result, j);
    }
  }

  @Override
  public void weightedSum(
      long[][] y, long[] weights, long[] alpha, long alphaWeight, long[] result) {
    double[] w = new double[weights.length];
    double[] companions = new double[weights.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = centred(weights[i]);
      companions[i] = w[i] / q;
    }
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector inverseQ = DoubleVector.broadcast(DOUBLES, 1 / q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector alphaW = DoubleVector.broadcast(DOUBLES, centred(alphaWeight));
    DoubleVector alphaWq = DoubleVector.broadcast(DOUBLES, centred(alphaWeight) / q);
    for (int j = 0; j < result.length; j += LANES) {
      DoubleVector a =
          LongVector.fromArray(LONGS, alpha, j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
      DoubleVector ah = a.mul(alphaW);
      DoubleVector sum =
          a.mul(alphaWq).add(round).sub(round).fma(minusQ, ah).add(a.fma(alphaW, ah.neg()));
      int room = CONSTANT_CAPACITY - 1;
      for (int i = 0; i < w.length; i++) {
        if (room-- == 0) {
          sum = sum.mul(inverseQ).add(round).sub(round).fma(minusQ, sum);
          room = CONSTANT_CAPACITY - 1;
        }
        DoubleVector x =
            LongVector.fromArray(LONGS, y[i], j).or(TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
        DoubleVector h = x.mul(w[i]);
        DoubleVector v =
            x.mul(companions[i])
                .add(round)
                .sub(round)
                .fma(minusQ, h)
                .add(x.fma(DoubleVector.broadcast(DOUBLES, w[i]), h.neg()));
        sum = sum.add(v);
      }
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

  @Override
  public int maxBits() {
    return VectorTransform.MAX_BITS;
  }
}
