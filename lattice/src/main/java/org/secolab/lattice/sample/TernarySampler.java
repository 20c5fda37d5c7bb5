package org.secolab.lattice.sample;

import java.util.Arrays;
import org.secolab.foundation.random.RandomSource;

/** Uniform values in {−1, 0, 1}: keys, and the masks of fresh encryptions. */
public final class TernarySampler {
  private static final int CHUNK = 128;

  private TernarySampler() {}

  /** {@code count} independent values. Two random bits each; the fourth pattern is rejected. */
  public static long[] sample(int count, RandomSource random) {
    long[] result = new long[count];
    long[] words = new long[CHUNK];
    int done = 0;
    while (done < count) {
      random.fill(words);
      for (int i = 0; i < CHUNK && done < count; i++) {
        long word = words[i];
        for (int pair = 0; pair < 32 && done < count; pair++, word >>>= 2) {
          long digit = word & 3;
          result[done] = digit - 1;
          done += digit == 3 ? 0 : 1;
        }
      }
    }
    Arrays.fill(words, 0);
    return result;
  }
}
