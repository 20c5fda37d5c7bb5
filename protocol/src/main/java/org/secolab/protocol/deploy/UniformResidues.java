package org.secolab.protocol.deploy;

import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.Modulus;

/** Uniform residues modulo t. */
public final class UniformResidues {
  private UniformResidues() {}

  /** {@code count} independent uniform residues, by rejection where t is not a power of two. */
  public static long[] draw(int count, Modulus modulus, RandomSource random) {
    long[] values = new long[count];
    random.fill(values);
    long mask = (1L << modulus.bits()) - 1;
    for (int i = 0; i < count; i++) {
      values[i] &= mask;
      // The comparison tells only how often a uniform candidate missed, which is independent of the
      // value that stays.
      while (values[i] != modulus.reduce(values[i])) {
        values[i] = random.nextLong() & mask;
      }
    }
    return values;
  }
}
