package org.secolab.lattice.sample;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/** Narrow noise: the number of ones among 21 random bits less that among 21 others. */
public final class CentredBinomialSampler {
  /** Bits on each side; also the largest absolute value. */
  public static final int BITS = 21;

  /** √(21/2) = 3.24. */
  public static final double STANDARD_DEVIATION = Math.sqrt(BITS / 2.0);

  private static final long MASK = (1L << BITS) - 1;

  private CentredBinomialSampler() {}

  /** {@code count} independent values in [−21, 21], each from one word. */
  public static long[] sample(int count, RandomSource random) {
    long[] result = new long[count];
    fill(result, random);
    return result;
  }

  /** Adds an element with such coefficients, whatever domain {@code target} is in; returns it. */
  public static RnsPolynomial addTo(RnsPolynomial target, RandomSource random) {
    try (Scratch scratch = Scratch.open()) {
      long[] coefficients = scratch.row(target.ring().degree());
      fill(coefficients, random);
      RnsPolynomial noise = scratch.polynomial(target.ring(), Domain.COEFFICIENT);
      return target.addInPlace(noise.setSigned(coefficients).transformTo(target.domain()));
    }
  }

  private static void fill(long[] destination, RandomSource random) {
    random.fill(destination);
    for (int i = 0; i < destination.length; i++) {
      long word = destination[i];
      int ones = Long.bitCount(word & MASK);
      int others = Long.bitCount((word >>> BITS) & MASK);
      destination[i] = ones - (long) others;
    }
  }
}
