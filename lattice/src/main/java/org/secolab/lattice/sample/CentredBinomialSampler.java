package org.secolab.lattice.sample;

import java.util.Arrays;
import org.secolab.foundation.random.RandomSource;

/** Narrow noise: the number of ones among 21 random bits less that among 21 others. */
public final class CentredBinomialSampler {
  /** Bits on each side; also the largest absolute value. */
  public static final int BITS = 21;

  /** √(21/2) = 3.24. */
  public static final double STANDARD_DEVIATION = Math.sqrt(BITS / 2.0);

  private static final long MASK = (1L << BITS) - 1;
  private static final int CHUNK = 1024;

  private CentredBinomialSampler() {}

  /** {@code count} independent values in [−21, 21], each from one word. */
  public static long[] sample(int count, RandomSource random) {
    long[] result = new long[count];
    long[] words = new long[Math.min(CHUNK, count)];
    for (int done = 0; done < count; ) {
      random.fill(words);
      for (int i = 0; i < words.length && done < count; i++) {
        long word = words[i];
        int ones = Long.bitCount(word & MASK);
        int others = Long.bitCount((word >>> BITS) & MASK);
        result[done++] = ones - (long) others;
      }
    }
    Arrays.fill(words, 0);
    return result;
  }
}
