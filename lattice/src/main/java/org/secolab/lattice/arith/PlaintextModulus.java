package org.secolab.lattice.arith;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic modulo t, where t is a power of two of at most 62 bits, or any odd number of at most
 * 61 bits. Operands and results are in [0, t) unless a method says otherwise.
 */
public final class PlaintextModulus {
  private final long value;
  private final @Nullable Modulus odd;

  /**
   * The modulus {@code value}.
   *
   * @throws IllegalArgumentException unless it is 2^1 to 2^62 or odd, from 3 to 2^61
   */
  public PlaintextModulus(long value) {
    boolean powerOfTwo = value >= 2 && Long.bitCount(value) == 1;
    if (!powerOfTwo && (value < 3 || value % 2 == 0 || value >= 1L << Modulus.MAX_BITS)) {
      throw new IllegalArgumentException(
          "expected a power of two from 2 to 2^62 or an odd number below 2^61, got " + value);
    }
    this.value = value;
    odd = powerOfTwo ? null : new Modulus(value);
  }

  /** 2^bits. */
  public static PlaintextModulus powerOfTwo(int bits) {
    if (bits < 1 || bits > 62) {
      throw new IllegalArgumentException("expected 1 to 62 bits, got " + bits);
    }
    return new PlaintextModulus(1L << bits);
  }

  /** t itself. */
  public long value() {
    return value;
  }

  /** log2 t, rounded up: the bits of a residue. */
  public int bits() {
    return 64 - Long.numberOfLeadingZeros(value - 1);
  }

  /** a + b. */
  public long add(long a, long b) {
    return odd == null ? (a + b) & (value - 1) : odd.add(a, b);
  }

  /** a − b. */
  public long subtract(long a, long b) {
    return odd == null ? (a - b) & (value - 1) : odd.subtract(a, b);
  }

  /** a·b. */
  public long multiply(long a, long b) {
    return odd == null ? (a * b) & (value - 1) : odd.multiply(a, b);
  }

  /** The residue of a signed integer of absolute value below 2^62. */
  public long reduce(long integer) {
    return odd == null ? integer & (value - 1) : odd.reduceSigned(integer);
  }

  /** The representative of least absolute value, in [−t/2, t/2). */
  public long centred(long residue) {
    long shifted = residue - (value + 1) / 2;
    return residue - (value & ~(shifted >> 63));
  }

  /** Refuses arrays that are not {@code count} residues. */
  public void expectResidues(long[] coefficients, int count) {
    if (coefficients.length != count) {
      throw new IllegalArgumentException(
          "expected " + count + " coefficients, got " + coefficients.length);
    }
    long outside = 0;
    for (long coefficient : coefficients) {
      outside |= coefficient | (value - 1 - coefficient);
    }
    if (outside < 0) {
      throw new IllegalArgumentException("expected residues in [0, " + value + "), got another");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlaintextModulus modulus && modulus.value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return odd == null ? "2^" + Long.numberOfTrailingZeros(value) : Long.toString(value);
  }
}
