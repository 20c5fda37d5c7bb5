package org.secolab.mpcgc.label;

import java.util.Arrays;

/** Planes of bits: one bit per instance, 64 to a word. */
public final class Planes {
  private Planes() {}

  /** The number of words of a plane. */
  public static int words(int instances) {
    return (instances + 63) >>> 6;
  }

  /** {@code target} = {@code a} ⊕ {@code b}. */
  public static void xor(long[] a, long[] b, long[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = a[i] ^ b[i];
    }
  }

  /** {@code target} ⊕= {@code a}. */
  public static void xorInto(long[] target, long[] a) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= a[i];
    }
  }

  /** {@code target} ⊕= {@code a} ∧ {@code b}. */
  public static void andInto(long[] target, long[] a, long[] b) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= a[i] & b[i];
    }
  }

  /** Bit {@code i} of a plane. */
  public static long bit(long[] plane, int i) {
    return plane[i >>> 6] >>> i & 1;
  }

  /**
   * From numbers to planes.
   *
   * @param values {@code instances} times {@code words} numbers, those of the first instance first
   * @param bits how many low bits of each number count
   * @return planes[word · bits + bit]
   */
  public static long[][] ofValues(long[] values, int instances, int words, int bits) {
    if (values.length != instances * words) {
      throw new IllegalArgumentException(
          "expected " + instances + " times " + words + " values, got " + values.length);
    }
    long[][] planes = new long[words * bits][words(instances)];
    long[] square = new long[64];
    for (int word = 0; word < words; word++) {
      for (int group = 0; group < words(instances); group++) {
        int count = Math.min(64, instances - 64 * group);
        Arrays.fill(square, 0);
        for (int i = 0; i < count; i++) {
          square[i] = values[(64 * group + i) * words + word];
        }
        transpose(square);
        for (int bit = 0; bit < bits; bit++) {
          planes[word * bits + bit][group] = square[bit];
        }
      }
    }
    Arrays.fill(square, 0);
    return planes;
  }

  /**
   * From planes to numbers: word {@code word} of every instance.
   *
   * @param planes those of the word's bits, least significant first
   * @param values where to put them, at {@code (first + instance) · words + word}
   */
  public static void toValues(
      long[][] planes, int instances, long[] values, int first, int words, int word) {
    long[] square = new long[64];
    for (int group = 0; group < words(instances); group++) {
      Arrays.fill(square, 0);
      for (int bit = 0; bit < planes.length; bit++) {
        square[bit] = planes[bit][group];
      }
      transpose(square);
      int count = Math.min(64, instances - 64 * group);
      for (int i = 0; i < count; i++) {
        values[(first + 64 * group + i) * words + word] = square[i];
      }
    }
  }

  /**
   * Transposes a square of 64 by 64 bits in place: bit j of word i becomes bit i of word j. Halves,
   * quarters, … change places (Warren, Hacker's Delight, section 7-3).
   */
  public static void transpose(long[] square) {
    long mask = 0x00000000ffffffffL;
    for (int width = 32; width != 0; width >>>= 1) {
      for (int i = 0; i < 64; i = (i + width + 1) & -(width + 1) & ~width) {
        long swap = (square[i] >>> width ^ square[i + width]) & mask;
        square[i] ^= swap << width;
        square[i + width] ^= swap;
      }
      mask ^= mask << (width >>> 1);
    }
  }

  /** Clears the bits of a plane at {@code from} that belong to no instance. */
  public static void clearBehind(long[] planes, int from, int count) {
    if (count % 64 != 0) {
      planes[from + words(count) - 1] &= -1L >>> -count;
    }
  }
}
