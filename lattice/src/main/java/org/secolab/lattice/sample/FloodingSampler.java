package org.secolab.lattice.sample;

import java.math.BigInteger;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/**
 * Uniform integers in [−B, B] for B of any length below q, as ring elements: noise that hides
 * smaller noise statistically.
 *
 * <p>Every bit of every value is random: the values are drawn as integers of several words by
 * rejection. Drawn through floating point, they would be multiples of some 2^j, and what they
 * should hide would be left to read in the low j bits.
 */
public final class FloodingSampler {
  private static final int CHUNK = 256;

  private final Ring ring;
  private final long[] top; // 2B as little-endian words: values in [0, 2B] are kept
  private final long topMask;
  private final long[][] wordPowers; // 2^(64·k) modulo each prime
  private final long[] bounds; // B modulo each prime

  /**
   * A sampler of elements of {@code ring} with coefficients uniform in [−bound, bound].
   *
   * @param bound positive, with 2·bound + 1 below q
   */
  public FloodingSampler(Ring ring, BigInteger bound) {
    BigInteger largest = bound.shiftLeft(1);
    if (bound.signum() <= 0 || largest.compareTo(ring.q()) >= 0) {
      throw new IllegalArgumentException(
          "expected a flooding bound from 1 to below q/2 of "
              + ring.q().bitLength()
              + " bits, got one of "
              + bound.bitLength()
              + " bits");
    }
    this.ring = ring;
    int words = (largest.bitLength() + 63) / 64;
    top = new long[words];
    for (int k = 0; k < words; k++) {
      top[k] = largest.shiftRight(64 * k).longValue();
    }
    topMask = -1L >>> Long.numberOfLeadingZeros(top[words - 1]);
    wordPowers = new long[ring.size()][words];
    bounds = new long[ring.size()];
    for (int i = 0; i < ring.size(); i++) {
      for (int k = 0; k < words; k++) {
        wordPowers[i][k] = ring.modulus(i).reduce(BigInteger.ONE.shiftLeft(64 * k));
      }
      bounds[i] = ring.modulus(i).reduce(bound);
    }
  }

  /** One element, in {@link Domain#COEFFICIENT}. */
  public RnsPolynomial sample(RandomSource random) {
    return addTo(RnsPolynomial.zero(ring, Domain.COEFFICIENT), random);
  }

  /** Adds a fresh element, whatever domain {@code target} is in, and returns it. */
  public RnsPolynomial addTo(RnsPolynomial target, RandomSource random) {
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial flood = scratch.polynomial(ring, Domain.COEFFICIENT);
      long[] words = scratch.row(CHUNK * top.length);
      int done = 0;
      while (done < ring.degree()) {
        random.fill(words);
        for (int from = 0; from < words.length && done < ring.degree(); from += top.length) {
          words[from + top.length - 1] &= topMask;
          if (isKept(words, from)) {
            store(words, from, flood, done++);
          }
        }
      }
      return target.addInPlace(flood.transformTo(target.domain()));
    }
  }

  /** Whether the candidate is at most 2B: whether it can be subtracted without a borrow left. */
  private boolean isKept(long[] words, int from) {
    return borrow(top, words, from) == 0;
  }

  /**
   * The borrow that a − b leaves, for b of as many words from {@code from} on: 1 if a &lt; b, else
   * 0. The same instructions whatever a and b are.
   */
  static long borrow(long[] a, long[] b, int from) {
    long borrow = 0;
    for (int k = 0; k < a.length; k++) {
      long subtrahend = b[from + k];
      long difference = a[k] - subtrahend - borrow;
      // The top bit tells whether this word had to borrow (Warren, Hacker's Delight, 2-13).
      borrow = ((~a[k] & subtrahend) | ((~a[k] | subtrahend) & difference)) >>> 63;
    }
    return borrow;
  }

  private void store(long[] words, int from, RnsPolynomial result, int index) {
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      long residue = modulus.reduce(words[from]);
      for (int k = 1; k < top.length; k++) {
        long word = modulus.reduce(words[from + k]);
        residue = modulus.add(residue, modulus.multiply(word, wordPowers[i][k]));
      }
      result.row(i)[index] = modulus.subtract(residue, bounds[i]);
    }
  }
}
