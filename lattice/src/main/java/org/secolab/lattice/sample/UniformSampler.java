package org.secolab.lattice.sample;

import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/** Uniform integers in [0, bound) by rejection from words masked to the bound's length. */
public final class UniformSampler {
  private static final int CHUNK = 1024;

  private UniformSampler() {}

  /**
   * A uniform element of the ring, declared to be in {@code domain}: the transform maps uniform
   * elements to uniform elements. The same source yields the same residues in either domain.
   */
  public static RnsPolynomial polynomial(Ring ring, Domain domain, RandomSource random) {
    RnsPolynomial result = RnsPolynomial.zero(ring, domain);
    for (int i = 0; i < ring.size(); i++) {
      fill(result.row(i), ring.primes().get(i), random);
    }
    return result;
  }

  /**
   * Fills the array with independent uniform integers in [0, bound).
   *
   * @param bound from 1 to 2^62
   */
  public static void fill(long[] destination, long bound, RandomSource random) {
    if (bound < 1 || bound > 1L << 62) {
      throw new IllegalArgumentException("expected a bound from 1 to 2^62, got " + bound);
    }
    long mask = bound == 1 ? 0 : (Long.highestOneBit(bound - 1) << 1) - 1;
    try (Scratch scratch = Scratch.open()) {
      long[] words = scratch.row(Math.min(CHUNK, destination.length));
      int done = 0;
      while (done < destination.length) {
        random.fill(words);
        for (int i = 0; i < words.length && done < destination.length; i++) {
          long candidate = words[i] & mask;
          if (candidate < bound) {
            destination[done++] = candidate;
          }
        }
      }
    }
  }
}
