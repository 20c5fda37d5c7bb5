package org.secolab.mpcgc.circuit;

import java.util.Arrays;

/**
 * What the values of an activation are residues of, and how the garblers must enter their parts.
 *
 * <p>Modulo 2^ℓ an addition is an adder, and everybody enters what is to be added. Modulo a prime p
 * the cheapest operation is a − b: a borrow says whether p has to be added, 2ℓ − 1 AND gates
 * instead of about 3ℓ for a + b. Negating is free for whoever owns a number, so garbler 0 enters
 * its part negated and the circuit computes y − (e_0 − e_1 − e_2 − …), the bracket in setup.
 *
 * <p>A residue v stands for a number from −(p−1)/2 to (p−1)/2. Sums that will be compared or
 * rectified come out as v + (p−1)/2: their order as plain numbers is then that of the signed ones,
 * and the sign is found by subtracting a constant with many zeros. Garbler 0 adds that, too.
 */
public sealed interface Ring {
  /** ℓ: the bits of a residue. */
  int bits();

  /** What garbler {@code garbler} enters for its summands of values; not an alias. */
  long[] shareEntries(int garbler, long[] shares);

  /** What garbler {@code garbler} enters for its summands of results; not an alias. */
  long[] maskEntries(int garbler, long[] masks);

  /**
   * Numbers modulo 2^{@code bits}.
   *
   * @param bits 2 to 64
   */
  record PowerOfTwo(int bits) implements Ring {
    public PowerOfTwo {
      if (bits < 2 || bits > 64) {
        throw new IllegalArgumentException("expected 2 to 64 ring bits, got " + bits);
      }
    }

    @Override
    public long[] shareEntries(int garbler, long[] shares) {
      return shares.clone();
    }

    @Override
    public long[] maskEntries(int garbler, long[] masks) {
      return masks.clone();
    }
  }

  /**
   * Numbers modulo p. Whether p is prime does not matter to a circuit.
   *
   * @param p odd, 3 to 2^62
   */
  record Prime(long p) implements Ring {
    public Prime {
      if (p < 3 || p % 2 == 0 || p >= 1L << 62) {
        throw new IllegalArgumentException("expected an odd modulus below 2^62, got " + p);
      }
    }

    @Override
    public int bits() {
      return Long.SIZE - Long.numberOfLeadingZeros(p);
    }

    /** (p − 1)/2, the largest signed number. */
    public long half() {
      return p >> 1;
    }

    @Override
    public long[] shareEntries(int garbler, long[] shares) {
      return entries(garbler, shares, half());
    }

    @Override
    public long[] maskEntries(int garbler, long[] masks) {
      return entries(garbler, masks, 0);
    }

    private long[] entries(int garbler, long[] summands, long offset) {
      return Arrays.stream(summands)
          .map(x -> reduce(garbler == 0 ? -reduce(x) - offset : x))
          .toArray();
    }

    /** The residue in [0, p), without a branch on x. */
    private long reduce(long x) {
      long remainder = x % p;
      return remainder + (p & (remainder >> 63));
    }
  }
}
