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
 * The leaves of 128/k trees of 2^k leaves each, stretched to long bit strings r_x by AES backwards
 * on a counter, chained with it (the JDK's fastest way), and what both sides compute from them: for
 * tree i and bit b the column Σ_x x_b · r_x, and the total Σ_x r_x.
 *
 * <p>Where the sender lacks the leaf x = α it may have any value r: column plus α_b times total
 * contains it twice or not at all. So both sides run the same code, without a branch on α.
 */
final class LeafStreams {
  /** The most words of one {@link #next}. */
  static final int BLOCK_WORDS = 256;

  private static final ValueLayout.OfLong LITTLE_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int k;
  private final Cipher[] ciphers;
  private final byte[] counters = new byte[8 * BLOCK_WORDS];
  private final ByteBuffer counterWords = ByteBuffer.wrap(counters).order(ByteOrder.LITTLE_ENDIAN);
  private long blocks;
  private final byte[] stream = new byte[8 * BLOCK_WORDS];
  private final MemorySegment streamSegment = MemorySegment.ofArray(stream);
  private final long[][] leaves;
  private final MemorySegment[] leafSegments;
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
    leafSegments = Arrays.stream(leaves).map(MemorySegment::ofArray).toArray(MemorySegment[]::new);
    totals = new long[trees][BLOCK_WORDS];
    byte[] key = new byte[16];
    IvParameterSpec start = new IvParameterSpec(new byte[16]);
    try {
      for (int x = 0; x < ciphers.length; x++) {
        ByteBuffer.wrap(key)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(seeds[2 * x])
            .putLong(seeds[2 * x + 1]);
        ciphers[x] = Cipher.getInstance("AES/CBC/NoPadding");
        ciphers[x].init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), start);
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
    // Whole blocks: the second half of the last one may be left unused.
    int length = 16 * ((words + 1) / 2);
    for (int word = 0; word < words; word += 2) {
      counterWords.putLong(8 * word, blocks++);
    }
    for (int tree = 0; tree < totals.length; tree++) {
      for (int x = 0; x < leaves.length; x++) {
        try {
          ciphers[(tree << k) + x].update(counters, 0, length, stream, 0);
        } catch (GeneralSecurityException e) {
          throw new AssertionError("the stream buffer has room", e);
        }
        MemorySegment.copy(
            streamSegment, LITTLE_ENDIAN, 0, leafSegments[x], ValueLayout.JAVA_LONG, 0, words);
      }
      fold(tree, words);
    }
  }

  /** From the top bit down, two at a time: sums of leaves, and what is left to sum. */
  private void fold(int tree, int words) {
    int bits = k;
    for (; bits >= 2; bits -= 2) {
      long[] upper = columns[tree * k + bits - 1];
      long[] lower = columns[tree * k + bits - 2];
      Arrays.fill(upper, 0, words, 0);
      Arrays.fill(lower, 0, words, 0);
      int quarter = 1 << (bits - 2);
      for (int x = 0; x < quarter; x++) {
        foldQuarters(
            leaves[x],
            leaves[x + quarter],
            leaves[x + 2 * quarter],
            leaves[x + 3 * quarter],
            lower,
            upper,
            words);
      }
    }
    if (bits == 1) {
      System.arraycopy(leaves[1], 0, columns[tree * k], 0, words);
      xorInto(leaves[0], leaves[1], words);
    }
    System.arraycopy(leaves[0], 0, totals[tree], 0, words);
  }

  /** Leaves whose two bits are 00, 01, 10 and 11; their sum replaces the first. */
  private static void foldQuarters(
      long[] none, long[] low, long[] high, long[] both, long[] lower, long[] upper, int words) {
    for (int i = 0; i < words; i++) {
      long odd = low[i] ^ both[i];
      lower[i] ^= odd;
      upper[i] ^= high[i] ^ both[i];
      none[i] ^= odd ^ high[i];
    }
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
