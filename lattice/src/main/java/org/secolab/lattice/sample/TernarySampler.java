package org.secolab.lattice.sample;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/** Uniform values in {−1, 0, 1}: keys, and the masks of fresh encryptions. */
public final class TernarySampler {
  private static final int CHUNK = 128;

  private TernarySampler() {}

  /** {@code count} independent values. Two random bits each; the fourth pattern is rejected. */
  public static long[] sample(int count, RandomSource random) {
    long[] result = new long[count];
    fill(result, random);
    return result;
  }

  /** Makes {@code target} an element with such coefficients, in {@link Domain#COEFFICIENT}. */
  public static RnsPolynomial set(RnsPolynomial target, RandomSource random) {
    try (Scratch scratch = Scratch.open()) {
      long[] coefficients = scratch.row(target.ring().degree());
      fill(coefficients, random);
      return target.setSigned(coefficients);
    }
  }

  private static void fill(long[] destination, RandomSource random) {
    try (Scratch scratch = Scratch.open()) {
      long[] words = scratch.row(CHUNK);
      int done = 0;
      while (done < destination.length) {
        random.fill(words);
        for (int i = 0; i < CHUNK && done < destination.length; i++) {
          long word = words[i];
          for (int pair = 0; pair < 32 && done < destination.length; pair++, word >>>= 2) {
            long digit = word & 3;
            destination[done] = digit - 1;
            done += digit == 3 ? 0 : 1;
          }
        }
      }
    }
  }
}
