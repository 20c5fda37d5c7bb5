package org.secolab.mpcgc.ot;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The leaves of 128/k trees of 2^k leaves each, stretched to long bit strings r_x by AES in counter
 * mode, and what both sides compute from them: for tree i and bit b the column Σ_x x_b · r_x, and
 * the total Σ_x r_x.
 *
 * <p>Where the sender lacks the leaf x = α it may have any value r: column plus α_b times total
 * contains it twice or not at all. So both sides run the same code, without a branch on α.
 */
final class LeafStreams {
  /** The most words of one {@link #next}. */
  static final int BLOCK_WORDS = 256;

  private static final byte[] ZEROS = new byte[8 * BLOCK_WORDS];
  private static final ValueLayout.OfLong LITTLE_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int k;
  private final Cipher[] ciphers;
  private final byte[] stream = new byte[8 * BLOCK_WORDS];
  private final MemorySegment streamSegment = MemorySegment.ofArray(stream);
  private final long[][] leaves;
  final long[][] columns = new long[SeedPairs.COUNT][BLOCK_WORDS];
  final long[][] totals;

  /**
   * Streams of the given leaves.
   *
   * @param k 1, 2, 4 or 8
   * @param seeds two words per leaf, tree by tree; zeroised here
   */
  LeafStreams(int k, long[] seeds) {
    this.k = k;
    int trees = SeedPairs.COUNT / k;
    ciphers = new Cipher[trees << k];
    leaves = new long[1 << k][BLOCK_WORDS];
    totals = new long[trees][BLOCK_WORDS];
    byte[] key = new byte[16];
    IvParameterSpec start = new IvParameterSpec(new byte[16]);
    try {
      for (int x = 0; x < ciphers.length; x++) {
        ByteBuffer.wrap(key)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(seeds[2 * x])
            .putLong(seeds[2 * x + 1]);
        ciphers[x] = Cipher.getInstance("AES/CTR/NoPadding");
        ciphers[x].init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), start);
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES", e);
    }
    Arrays.fill(key, (byte) 0);
    Arrays.fill(seeds, 0);
  }

  static void requireFieldBits(int k) {
    if (k != 1 && k != 2 && k != 4 && k != 8) {
      throw new IllegalArgumentException("expected k of 1, 2, 4 or 8, got " + k);
    }
  }

  /**
   * Puts the next {@code words} words of every column and total into {@link #columns} and so on.
   */
  void next(int words) {
    for (int tree = 0; tree < totals.length; tree++) {
      for (int x = 0; x < leaves.length; x++) {
        try {
          ciphers[(tree << k) + x].update(ZEROS, 0, 8 * words, stream, 0);
        } catch (GeneralSecurityException e) {
          throw new AssertionError("the stream buffer has room", e);
        }
        MemorySegment.copy(
            streamSegment,
            LITTLE_ENDIAN,
            0,
            MemorySegment.ofArray(leaves[x]),
            ValueLayout.JAVA_LONG,
            0,
            words);
      }
      fold(tree, words);
    }
  }

  /**
   * From the top bit down: the upper half's sum is a column; then it is added to the lower half.
   */
  private void fold(int tree, int words) {
    for (int bit = k - 1; bit >= 0; bit--) {
      int half = 1 << bit;
      long[] column = columns[tree * k + bit];
      System.arraycopy(leaves[half], 0, column, 0, words);
      for (int x = half + 1; x < 2 * half; x++) {
        xorInto(column, leaves[x], words);
      }
      for (int x = 0; x < half; x++) {
        xorInto(leaves[x], leaves[x + half], words);
      }
    }
    System.arraycopy(leaves[0], 0, totals[tree], 0, words);
  }

  private static void xorInto(long[] target, long[] source, int words) {
    for (int i = 0; i < words; i++) {
      target[i] ^= source[i];
    }
  }

  /** Drops the keys, as far as the JDK lets anyone do that, and zeroises the buffers. */
  void close() {
    Arrays.fill(stream, (byte) 0);
    for (long[][] buffers : new long[][][] {leaves, columns, totals}) {
      for (long[] buffer : buffers) {
        Arrays.fill(buffer, 0);
      }
    }
    Arrays.fill(ciphers, null);
  }
}
