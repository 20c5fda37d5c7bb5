package org.secolab.modelio.fixed;

import java.math.BigInteger;

/**
 * The ring Z_t of all fixed-point values: t = 2^bits, or an odd prime. Residues lie in [0, t).
 *
 * <p>No branch depends on an operand. Modulo a prime, {@link #reduce} and what calls it divide, and
 * how long a division takes depends on its operands on some processors.
 */
public final class Modulus {
  private final long value;
  private final int bits;
  private final boolean powerOfTwo;
  private final double inverse;

  private Modulus(long value, int bits, boolean powerOfTwo) {
    this.value = value;
    this.bits = bits;
    this.powerOfTwo = powerOfTwo;
    this.inverse = 1.0 / value;
  }

  /**
   * The ring Z_(2^bits).
   *
   * @throws IllegalArgumentException unless 2 ≤ bits ≤ 62
   */
  public static Modulus powerOfTwo(int bits) {
    if (bits < 2 || bits > 62) {
      throw new IllegalArgumentException("expected 2 to 62 ring bits, got " + bits);
    }
    return new Modulus(1L << bits, bits, true);
  }

  /**
   * The field Z_p.
   *
   * @throws IllegalArgumentException unless p is an odd prime below 2^50
   */
  public static Modulus prime(long p) {
    if (p < 3 || p >= 1L << 50 || !BigInteger.valueOf(p).isProbablePrime(64)) {
      throw new IllegalArgumentException("expected an odd prime below 2^50, got " + p);
    }
    return new Modulus(p, 64 - Long.numberOfLeadingZeros(p), false);
  }

  /** t itself. */
  public long value() {
    return value;
  }

  /** The bits of a residue: ⌈log2 t⌉. */
  public int bits() {
    return bits;
  }

  public boolean isPowerOfTwo() {
    return powerOfTwo;
  }

  /** The residue of any long. */
  public long reduce(long x) {
    if (powerOfTwo) {
      return x & (value - 1);
    }
    long remainder = x % value; // In (−t, t), of the sign of x.
    return remainder + (value & (remainder >> 63));
  }

  /** a + b for residues a, b. */
  public long add(long a, long b) {
    return reduce(a + b);
  }

  /** a − b for residues a, b. */
  public long subtract(long a, long b) {
    return reduce(a - b);
  }

  /** −a for a residue a. */
  public long negate(long a) {
    return reduce(-a);
  }

  /** a·b for residues a, b. */
  public long multiply(long a, long b) {
    if (powerOfTwo) {
      return (a * b) & (value - 1);
    }
    // The quotient a·b/t < 2^50 is off by at most one in double precision, so the wrapped
    // difference is exact and lies in (−t, 2t).
    long quotient = (long) ((double) a * (double) b * inverse);
    long remainder = a * b - quotient * value;
    remainder += value & (remainder >> 63);
    remainder -= value;
    return remainder + (value & (remainder >> 63));
  }

  /**
   * The signed representative of a residue: in [−t/2, t/2) or, for a prime, [−(t−1)/2, (t−1)/2].
   */
  public long centered(long residue) {
    long half = (value - 1) / 2;
    return residue - (value & ((half - residue) >> 63));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Modulus modulus && modulus.value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return powerOfTwo ? "2^" + bits : Long.toString(value);
  }
}
