package org.secolab.lattice.ring;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.secolab.lattice.arith.Modulus;

/**
 * The transform on vectors of doubles, for primes below 2^50: the same values as {@link
 * ScalarTransform} in about a quarter of the time.
 *
 * <p><b>Products.</b> Residues are integers held exactly in doubles, signed and not fully reduced.
 * For a factor w with |w| ≤ q/2 and its companion w/q, x·w mod q is
 *
 * <pre>
 * c = round(x · (w/q))      nearest integer, by adding and subtracting 1.5·2^52; needs |c| &lt; 2^51
 * h = x · w                 rounded
 * v = fma(−c, q, h) + fma(x, w, −h)
 * </pre>
 *
 * where the last two operations are exact: the first is a multiple of the unit of h and small, the
 * second is the rounding error of h. With |x| ≤ X·q, c is off by at most X·q·2^−53 + 1/2, so |v| ≤
 * (1/2 + X/8)·q. Comments beside sums say what X may be; it stays below 4.
 *
 * <p><b>Order.</b> Stages whose butterflies are at least one vector apart run over contiguous
 * memory with one broadcast factor, two stages at a time. In the last log2(lanes) stages both sides
 * of a butterfly are in one vector: all lanes are multiplied, the upper sides by w and the lower
 * ones by 1 (which reduces them), then each lane is added to its partner, with its sign.
 *
 * <p>Doubles stand in the caller's array as their bits: no scratch memory, and no secret left in
 * it. Products are written out where they are needed, because a method that returns a vector makes
 * the JIT compiler allocate it (three times slower on JDK 25).
 */
final class VectorTransform implements NumberTheoreticTransform {
  /** Primes are below 2 to this power. */
  static final int MAX_BITS = 50;

  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();
  private static final double ROUND = 0x1.8p52;
  private static final double TWO_52 = 0x1p52;
  private static final long TWO_52_BITS = Double.doubleToRawLongBits(TWO_52);
  private static final long MANTISSA = (1L << 52) - 1;

  private final int degree;
  private final double q;
  private final long longQ;
  private final double inverseQ;
  private final double[] powers; // signed representatives in bit-reversed order
  private final double[] powersQ; // each divided by q
  private final double[] inversePowers;
  private final double[] inversePowersQ;
  private final double[] innerPowers; // per vector: 1, and the factors of the last stages
  private final double[] innerPowersQ;
  private final double[] innerInversePowers;
  private final double[] innerInversePowersQ;
  private final double inverseDegree;
  private final double inverseDegreeQ;

  VectorTransform(RootTable roots) {
    if (!fits(roots.modulus, roots.degree)) {
      throw new IllegalArgumentException(
          "expected a prime below 2^50 and a degree of at least 4 vectors, got "
              + roots.modulus
              + " and "
              + roots.degree);
    }
    degree = roots.degree;
    longQ = roots.modulus.value();
    q = (double) longQ;
    inverseQ = 1 / q;
    powers = signed(roots.powers);
    powersQ = divided(powers);
    inversePowers = signed(roots.inversePowers);
    inversePowersQ = divided(inversePowers);
    innerPowers = inner(powers);
    innerPowersQ = divided(innerPowers);
    innerInversePowers = inner(inversePowers);
    innerInversePowersQ = divided(innerInversePowers);
    inverseDegree = signed(new long[] {roots.inverseDegree})[0];
    inverseDegreeQ = inverseDegree / q;
  }

  /** Whether this machine's vectors can do it. */
  static boolean fits(Modulus modulus, int degree) {
    return modulus.bits() <= MAX_BITS && degree >= 4 * LANES && LANES >= 2;
  }

  /** Bits of a vector. */
  static int vectorBits() {
    return LONGS.vectorBitSize();
  }

  private double[] signed(long[] residues) {
    double[] result = new double[residues.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (double) (residues[i] > longQ / 2 ? residues[i] - longQ : residues[i]);
    }
    return result;
  }

  private double[] divided(double[] factors) {
    double[] result = new double[factors.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = factors[i] / q;
    }
    return result;
  }

  /** For vector k: 1, then the factors of its one block of LANES, its two of LANES/2, and so on. */
  private double[] inner(double[] table) {
    double[] result = new double[degree];
    for (int k = 0; k < degree / LANES; k++) {
      result[k * LANES] = 1;
      for (int blocks = 1; blocks < LANES; blocks *= 2) {
        System.arraycopy(table, (degree / LANES + k) * blocks, result, k * LANES + blocks, blocks);
      }
    }
    return result;
  }

  /** Which factor of a vector's inner ones each lane takes in the stage of {@code blocks}. */
  private static VectorShuffle<Double> factorShuffle(int blocks) {
    int span = LANES / (2 * blocks);
    return VectorShuffle.fromOp(
        DOUBLES, lane -> lane / span % 2 == 0 ? 0 : blocks + lane / (2 * span));
  }

  private static VectorShuffle<Double> partnerShuffle(int blocks) {
    int span = LANES / (2 * blocks);
    return VectorShuffle.fromOp(DOUBLES, lane -> lane ^ span);
  }

  /** 1 for the lower side of a butterfly, −1 for the upper. */
  private static DoubleVector signs(int blocks) {
    int span = LANES / (2 * blocks);
    double[] signs = new double[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      signs[lane] = lane / span % 2 == 0 ? 1 : -1;
    }
    return DoubleVector.fromArray(DOUBLES, signs, 0);
  }

  @Override
  public void forward(long[] row) {
    toDoubles(row);
    int blocks = 1;
    int outerStages = Integer.numberOfTrailingZeros(degree / LANES);
    if (outerStages % 2 != 0) {
      forwardStage(row);
      blocks = 2;
    }
    for (; blocks < degree / LANES; blocks *= 4) {
      forwardTwoStages(row, blocks);
    }
    for (blocks = 1; blocks < LANES; blocks *= 2) {
      forwardInner(row, blocks);
    }
    toResidues(row);
  }

  @Override
  public void inverse(long[] row) {
    toDoubles(row);
    for (int blocks = LANES / 2; blocks >= 1; blocks /= 2) {
      inverseInner(row, blocks);
    }
    int blocks = degree / LANES;
    for (; blocks >= 4; blocks /= 4) {
      inverseTwoStages(row, blocks / 4);
    }
    if (blocks == 2) {
      inverseStage(row);
    }
    scale(row);
    toResidues(row);
  }

  /** Residues in [0, q), below 2^52: their bits are the mantissa of 2^52 + x. */
  private void toDoubles(long[] row) {
    for (int i = 0; i < degree; i += LANES) {
      LongVector.fromArray(LONGS, row, i)
          .or(TWO_52_BITS)
          .reinterpretAsDoubles()
          .sub(TWO_52)
          .reinterpretAsLongs()
          .intoArray(row, i);
    }
  }

  /** |x| < 4q: to the nearest representative, |x| ≤ q/2 + 1, then to [0, q). */
  private void toResidues(long[] row) {
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int i = 0; i < degree; i += LANES) {
      DoubleVector x = LongVector.fromArray(LONGS, row, i).reinterpretAsDoubles();
      DoubleVector c = x.mul(inverseQ).add(round).sub(round);
      // The mantissa of 1.5·2^52 + y is 2^51 + y.
      LongVector signed =
          c.fma(minusQ, x).add(round).reinterpretAsLongs().and(MANTISSA).sub(1L << 51);
      signed.add(signed.lanewise(VectorOperators.ASHR, 63).and(longQ)).intoArray(row, i);
    }
  }

  /** The first stage alone: inputs in [0, q), X = 1; outputs X ≤ 1.7. */
  private void forwardStage(long[] row) {
    int span = degree / 2;
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector w = DoubleVector.broadcast(DOUBLES, powers[1]);
    DoubleVector wq = DoubleVector.broadcast(DOUBLES, powersQ[1]);
    for (int j = 0; j < span; j += LANES) {
      DoubleVector u = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
      DoubleVector x = LongVector.fromArray(LONGS, row, j + span).reinterpretAsDoubles();
      DoubleVector c = x.mul(wq).add(round).sub(round);
      DoubleVector h = x.mul(w);
      DoubleVector v = c.fma(minusQ, h).add(x.fma(w, h.neg()));
      u.add(v).reinterpretAsLongs().intoArray(row, j);
      u.sub(v).reinterpretAsLongs().intoArray(row, j + span);
    }
  }

  /** Two stages: inputs X ≤ 2; outputs X ≤ 1.9. */
  private void forwardTwoStages(long[] row, int blocks) {
    int span = degree / (4 * blocks);
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int block = 0; block < blocks; block++) {
      DoubleVector w1 = DoubleVector.broadcast(DOUBLES, powers[blocks + block]);
      DoubleVector w1q = DoubleVector.broadcast(DOUBLES, powersQ[blocks + block]);
      DoubleVector w2 = DoubleVector.broadcast(DOUBLES, powers[2 * (blocks + block)]);
      DoubleVector w2q = DoubleVector.broadcast(DOUBLES, powersQ[2 * (blocks + block)]);
      DoubleVector w3 = DoubleVector.broadcast(DOUBLES, powers[2 * (blocks + block) + 1]);
      DoubleVector w3q = DoubleVector.broadcast(DOUBLES, powersQ[2 * (blocks + block) + 1]);
      int from = 4 * block * span;
      for (int j = from; j < from + span; j += LANES) {
        DoubleVector x0 = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
        DoubleVector x1 = LongVector.fromArray(LONGS, row, j + span).reinterpretAsDoubles();
        DoubleVector x2 = LongVector.fromArray(LONGS, row, j + 2 * span).reinterpretAsDoubles();
        DoubleVector x3 = LongVector.fromArray(LONGS, row, j + 3 * span).reinterpretAsDoubles();
        // The two that are not multiplied are reduced: |u| ≤ q/2 + 1.
        DoubleVector u0 = x0.mul(inverseQ).add(round).sub(round).fma(minusQ, x0);
        DoubleVector u1 = x1.mul(inverseQ).add(round).sub(round).fma(minusQ, x1);
        DoubleVector h2 = x2.mul(w1);
        DoubleVector v2 =
            x2.mul(w1q).add(round).sub(round).fma(minusQ, h2).add(x2.fma(w1, h2.neg()));
        DoubleVector h3 = x3.mul(w1);
        DoubleVector v3 =
            x3.mul(w1q).add(round).sub(round).fma(minusQ, h3).add(x3.fma(w1, h3.neg()));
        DoubleVector y0 = u0.add(v2); // X ≤ 1.25
        DoubleVector y2 = u0.sub(v2);
        DoubleVector y1 = u1.add(v3);
        DoubleVector y3 = u1.sub(v3);
        DoubleVector g1 = y1.mul(w2);
        DoubleVector z1 =
            y1.mul(w2q).add(round).sub(round).fma(minusQ, g1).add(y1.fma(w2, g1.neg()));
        DoubleVector g3 = y3.mul(w3);
        DoubleVector z3 =
            y3.mul(w3q).add(round).sub(round).fma(minusQ, g3).add(y3.fma(w3, g3.neg()));
        y0.add(z1).reinterpretAsLongs().intoArray(row, j);
        y0.sub(z1).reinterpretAsLongs().intoArray(row, j + span);
        y2.add(z3).reinterpretAsLongs().intoArray(row, j + 2 * span);
        y2.sub(z3).reinterpretAsLongs().intoArray(row, j + 3 * span);
      }
    }
  }

  /** A stage within vectors: inputs X ≤ 2; outputs X ≤ 1.5. */
  private void forwardInner(long[] row, int blocks) {
    VectorShuffle<Double> factors = factorShuffle(blocks);
    VectorShuffle<Double> partners = partnerShuffle(blocks);
    DoubleVector signs = signs(blocks);
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < degree; j += LANES) {
      DoubleVector x = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
      DoubleVector w = DoubleVector.fromArray(DOUBLES, innerPowers, j).rearrange(factors);
      DoubleVector wq = DoubleVector.fromArray(DOUBLES, innerPowersQ, j).rearrange(factors);
      DoubleVector h = x.mul(w);
      DoubleVector v = x.mul(wq).add(round).sub(round).fma(minusQ, h).add(x.fma(w, h.neg()));
      v.fma(signs, v.rearrange(partners)).reinterpretAsLongs().intoArray(row, j);
    }
  }

  /** A stage within vectors, backwards: inputs X ≤ 1; outputs X ≤ 0.75. */
  private void inverseInner(long[] row, int blocks) {
    VectorShuffle<Double> factors = factorShuffle(blocks);
    VectorShuffle<Double> partners = partnerShuffle(blocks);
    DoubleVector signs = signs(blocks);
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < degree; j += LANES) {
      DoubleVector u = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
      DoubleVector x = u.fma(signs, u.rearrange(partners)); // X ≤ 2
      DoubleVector w = DoubleVector.fromArray(DOUBLES, innerInversePowers, j).rearrange(factors);
      DoubleVector wq = DoubleVector.fromArray(DOUBLES, innerInversePowersQ, j).rearrange(factors);
      DoubleVector h = x.mul(w);
      x.mul(wq)
          .add(round)
          .sub(round)
          .fma(minusQ, h)
          .add(x.fma(w, h.neg()))
          .reinterpretAsLongs()
          .intoArray(row, j);
    }
  }

  /** Two stages backwards: inputs and outputs X ≤ 1. */
  private void inverseTwoStages(long[] row, int blocks) {
    int span = degree / (4 * blocks);
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int block = 0; block < blocks; block++) {
      int at = blocks + block;
      DoubleVector w1 = DoubleVector.broadcast(DOUBLES, inversePowers[at]);
      DoubleVector w1q = DoubleVector.broadcast(DOUBLES, inversePowersQ[at]);
      DoubleVector w2 = DoubleVector.broadcast(DOUBLES, inversePowers[2 * at]);
      DoubleVector w2q = DoubleVector.broadcast(DOUBLES, inversePowersQ[2 * at]);
      DoubleVector w3 = DoubleVector.broadcast(DOUBLES, inversePowers[2 * at + 1]);
      DoubleVector w3q = DoubleVector.broadcast(DOUBLES, inversePowersQ[2 * at + 1]);
      int from = 4 * block * span;
      for (int j = from; j < from + span; j += LANES) {
        DoubleVector x0 = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
        DoubleVector x1 = LongVector.fromArray(LONGS, row, j + span).reinterpretAsDoubles();
        DoubleVector x2 = LongVector.fromArray(LONGS, row, j + 2 * span).reinterpretAsDoubles();
        DoubleVector x3 = LongVector.fromArray(LONGS, row, j + 3 * span).reinterpretAsDoubles();
        DoubleVector s0 = x0.add(x1); // X ≤ 2
        DoubleVector d0 = x0.sub(x1);
        DoubleVector s1 = x2.add(x3);
        DoubleVector d1 = x2.sub(x3);
        DoubleVector h0 = d0.mul(w2);
        DoubleVector y1 =
            d0.mul(w2q).add(round).sub(round).fma(minusQ, h0).add(d0.fma(w2, h0.neg()));
        DoubleVector h1 = d1.mul(w3);
        DoubleVector y3 =
            d1.mul(w3q).add(round).sub(round).fma(minusQ, h1).add(d1.fma(w3, h1.neg()));
        DoubleVector z0 = s0.add(s1); // X ≤ 4
        DoubleVector e0 = s0.sub(s1);
        DoubleVector z1 = y1.add(y3); // X ≤ 1.5
        DoubleVector e1 = y1.sub(y3);
        DoubleVector g0 = e0.mul(w1);
        DoubleVector z2 =
            e0.mul(w1q).add(round).sub(round).fma(minusQ, g0).add(e0.fma(w1, g0.neg()));
        DoubleVector g1 = e1.mul(w1);
        DoubleVector z3 =
            e1.mul(w1q).add(round).sub(round).fma(minusQ, g1).add(e1.fma(w1, g1.neg()));
        z0.mul(inverseQ)
            .add(round)
            .sub(round)
            .fma(minusQ, z0)
            .reinterpretAsLongs()
            .intoArray(row, j);
        z1.mul(inverseQ)
            .add(round)
            .sub(round)
            .fma(minusQ, z1)
            .reinterpretAsLongs()
            .intoArray(row, j + span);
        z2.reinterpretAsLongs().intoArray(row, j + 2 * span);
        z3.reinterpretAsLongs().intoArray(row, j + 3 * span);
      }
    }
  }

  /** The last stage backwards, alone: inputs X ≤ 1; outputs X ≤ 2. */
  private void inverseStage(long[] row) {
    int span = degree / 2;
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector w = DoubleVector.broadcast(DOUBLES, inversePowers[1]);
    DoubleVector wq = DoubleVector.broadcast(DOUBLES, inversePowersQ[1]);
    for (int j = 0; j < span; j += LANES) {
      DoubleVector x0 = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
      DoubleVector x1 = LongVector.fromArray(LONGS, row, j + span).reinterpretAsDoubles();
      DoubleVector d = x0.sub(x1);
      DoubleVector h = d.mul(w);
      x0.add(x1).reinterpretAsLongs().intoArray(row, j);
      d.mul(wq)
          .add(round)
          .sub(round)
          .fma(minusQ, h)
          .add(d.fma(w, h.neg()))
          .reinterpretAsLongs()
          .intoArray(row, j + span);
    }
  }

  /** Times 1/N: inputs X ≤ 2; outputs X ≤ 0.75. */
  private void scale(long[] row) {
    DoubleVector minusQ = DoubleVector.broadcast(DOUBLES, -q);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    for (int j = 0; j < degree; j += LANES) {
      DoubleVector x = LongVector.fromArray(LONGS, row, j).reinterpretAsDoubles();
      DoubleVector h = x.mul(inverseDegree);
      x.mul(inverseDegreeQ)
          .add(round)
          .sub(round)
          .fma(minusQ, h)
          .add(x.fma(DoubleVector.broadcast(DOUBLES, inverseDegree), h.neg()))
          .reinterpretAsLongs()
          .intoArray(row, j);
    }
  }

  @Override
  public String name() {
    return "vector" + LONGS.vectorBitSize();
  }
}
