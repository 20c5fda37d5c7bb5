package org.secolab.mpcgc.label;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same on vectors of the machine's preferred width, two lanes per block. Needed because the
 * compiler does not vectorise loops over arrays whose offsets differ: it cannot tell them apart.
 * Everything is written out inside the loops, since a method that returns a vector costs a box.
 */
record VectorBlocks() implements BlockKernels {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCKS = LANES / 2;
  private static final ScalarBlocks REST = new ScalarBlocks();

  // Lane l belongs to block l / 2.
  private static final LongVector BLOCK_OF_LANE =
      LongVector.zero(SPECIES).addIndex(1).lanewise(VectorOperators.LSHR, 1);
  private static final VectorMask<Long> HIGH_LANES =
      LongVector.zero(SPECIES).addIndex(1).and(1).compare(VectorOperators.EQ, 1);
  private static final VectorShuffle<Long> SWAP = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);

  @Override
  public void xor3(
      long[] a,
      int aFrom,
      long[] b,
      int bFrom,
      long[] c,
      int cFrom,
      long[] target,
      int to,
      int words) {
    int i = 0;
    for (; i <= words - LANES; i += LANES) {
      LongVector.fromArray(SPECIES, a, aFrom + i)
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, b, bFrom + i))
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, c, cFrom + i))
          .intoArray(target, to + i);
    }
    REST.xor3(a, aFrom + i, b, bFrom + i, c, cFrom + i, target, to + i, words - i);
  }

  @Override
  public void xor2Into(long[] target, int to, long[] a, int aFrom, long[] b, int bFrom, int words) {
    int i = 0;
    for (; i <= words - LANES; i += LANES) {
      LongVector.fromArray(SPECIES, target, to + i)
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, a, aFrom + i))
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, b, bFrom + i))
          .intoArray(target, to + i);
    }
    REST.xor2Into(target, to + i, a, aFrom + i, b, bFrom + i, words - i);
  }

  @Override
  public void xorInto(long[] target, int to, long[] a, int from, int words) {
    int i = 0;
    for (; i <= words - LANES; i += LANES) {
      LongVector.fromArray(SPECIES, target, to + i)
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, a, from + i))
          .intoArray(target, to + i);
    }
    REST.xorInto(target, to + i, a, from + i, words - i);
  }

  @Override
  public void xorWhere(
      long[] plane, int firstBit, long low, long high, long[] target, int to, int blocks) {
    int i = 0;
    if (firstBit % BLOCKS == 0) {
      LongVector value = LongVector.broadcast(SPECIES, low).blend(high, HIGH_LANES);
      for (; i <= blocks - BLOCKS; i += BLOCKS) {
        int bit = firstBit + i;
        LongVector masks =
            LongVector.broadcast(SPECIES, plane[bit >>> 6] >>> bit)
                .lanewise(VectorOperators.LSHR, BLOCK_OF_LANE)
                .lanewise(VectorOperators.AND, 1)
                .lanewise(VectorOperators.NEG);
        LongVector.fromArray(SPECIES, target, 2 * (to + i))
            .lanewise(VectorOperators.XOR, masks.lanewise(VectorOperators.AND, value))
            .intoArray(target, 2 * (to + i));
      }
    }
    REST.xorWhere(plane, firstBit + i, low, high, target, to + i, blocks - i);
  }

  @Override
  public void absorb(
      long[] x,
      int from,
      long offsetLow,
      long offsetHigh,
      int instance,
      long tweak,
      long[] target,
      int to,
      int blocks) {
    int i = 0;
    // σ(offset) and the tweak, the same for all blocks; instance numbers only in the low lanes.
    LongVector constant =
        LongVector.broadcast(SPECIES, offsetHigh).blend(offsetHigh ^ offsetLow ^ tweak, HIGH_LANES);
    LongVector numbers = BLOCK_OF_LANE.blend(0, HIGH_LANES);
    LongVector base = LongVector.broadcast(SPECIES, instance).blend(0, HIGH_LANES);
    LongVector step = LongVector.broadcast(SPECIES, BLOCKS).blend(0, HIGH_LANES);
    LongVector number = numbers.add(base);
    if (x.length == 0) {
      for (; i <= blocks - BLOCKS; i += BLOCKS) {
        number.lanewise(VectorOperators.XOR, constant).intoArray(target, 2 * (to + i));
        number = number.add(step);
      }
    } else {
      for (; i <= blocks - BLOCKS; i += BLOCKS) {
        LongVector block = LongVector.fromArray(SPECIES, x, 2 * (from + i));
        block
            .rearrange(SWAP)
            .lanewise(VectorOperators.XOR, block.blend(0, HIGH_LANES.not()))
            .lanewise(VectorOperators.XOR, constant)
            .lanewise(VectorOperators.XOR, number)
            .intoArray(target, 2 * (to + i));
        number = number.add(step);
      }
    }
    REST.absorb(
        x, from + i, offsetLow, offsetHigh, instance + i, tweak, target, to + i, blocks - i);
  }

  @Override
  public void select(
      long[] u,
      long[] v,
      long[] sums,
      int s,
      int t,
      int third,
      long[] own,
      long[] target,
      int blocks) {
    // A plane's words serve 64 blocks; what does not fill a vector is left to the scalar twin.
    int whole = blocks - blocks % BLOCKS;
    for (int i = 0; i < whole; i += BLOCKS) {
      int word = 2 * i;
      LongVector first =
          LongVector.broadcast(SPECIES, u.length == 0 ? 0 : u[i >>> 6] >>> i)
              .lanewise(VectorOperators.LSHR, BLOCK_OF_LANE)
              .lanewise(VectorOperators.AND, 1)
              .lanewise(VectorOperators.NEG);
      LongVector second =
          LongVector.broadcast(SPECIES, v.length == 0 ? 0 : v[i >>> 6] >>> i)
              .lanewise(VectorOperators.LSHR, BLOCK_OF_LANE)
              .lanewise(VectorOperators.AND, 1)
              .lanewise(VectorOperators.NEG);
      LongVector inner = LongVector.fromArray(SPECIES, sums, t + word);
      if (own.length > 0) {
        inner = inner.lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, own, word));
      }
      LongVector result =
          LongVector.fromArray(SPECIES, sums, s + word)
              .lanewise(VectorOperators.AND, first)
              .lanewise(VectorOperators.XOR, inner.lanewise(VectorOperators.AND, second));
      if (third >= 0) {
        result =
            result.lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, sums, third + word));
      }
      result.intoArray(target, word);
    }
    for (int i = whole; i < blocks; i++) {
      long first = u.length == 0 ? 0 : -(u[i >>> 6] >>> i & 1);
      long second = v.length == 0 ? 0 : -(v[i >>> 6] >>> i & 1);
      for (int word = 2 * i; word < 2 * i + 2; word++) {
        long label = own.length == 0 ? 0 : own[word];
        long rest = third < 0 ? 0 : sums[third + word];
        target[word] = (first & sums[s + word]) ^ (second & (sums[t + word] ^ label)) ^ rest;
      }
    }
  }

  @Override
  public void unchain(long[] in, long[] out, int blocks) {
    int words = 2 * blocks - 2;
    xorInto(out, 2, in, 0, Math.max(0, words));
  }
}
