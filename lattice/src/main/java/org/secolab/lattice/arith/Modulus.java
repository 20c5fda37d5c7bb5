package org.secolab.lattice.arith;

import java.math.BigInteger;

/**
 * Arithmetic modulo q, 2 ≤ q &lt; 2^61, without division and without branches on the operands.
 *
 * <p>Operands are in [0, q) unless a method says otherwise; so are results. The bound leaves room
 * for sums of up to four residues, which lazy butterflies need, in a signed 64-bit word.
 *
 * <p>General products use Barrett's reduction (Menezes, van Oorschot, Vanstone, Handbook of Applied
 * Cryptography, algorithm 14.42 with radix 2). Products with a constant known beforehand use
 * Shoup's trick: with w' = ⌊w·2^64/q⌋ the quotient ⌊x·w/q⌋ is the high word of x·w', or one more.
 */
public final class Modulus {
  /** Every modulus is below 2 to this power. */
  public static final int MAX_BITS = 61;

  private final long value;
  private final int bits;
  private final long barrett; // ⌊2^(2·bits) / q⌋, at most bits + 1 bits
  private final long wordBarrett; // ⌊2^64 / q⌋
  private final long wordPower; // 2^64 mod q

  /**
   * The modulus {@code value}.
   *
   * @throws IllegalArgumentException unless 2 ≤ value &lt; 2^61
   */
  public Modulus(long value) {
    if (value < 2 || value >= 1L << MAX_BITS) {
      throw new IllegalArgumentException(
          "expected a modulus from 2 to 2^" + MAX_BITS + ", got " + value);
    }
    this.value = value;
    BigInteger q = BigInteger.valueOf(value);
    bits = q.bitLength();
    barrett = BigInteger.ONE.shiftLeft(2 * bits).divide(q).longValue();
    wordBarrett = BigInteger.ONE.shiftLeft(64).divide(q).longValue();
    wordPower = BigInteger.ONE.shiftLeft(64).mod(q).longValueExact();
  }

  /** q itself. */
  public long value() {
    return value;
  }

  /** The number of bits of q: q &lt; 2^bits. */
  public int bits() {
    return bits;
  }

  /** a + b. */
  public long add(long a, long b) {
    return subtractOnce(a + b);
  }

  /** a − b. */
  public long subtract(long a, long b) {
    long difference = a - b;
    return difference + (value & (difference >> 63));
  }

  /** −a. */
  public long negate(long a) {
    return subtract(0, a);
  }

  /** x or x − q, whichever is in [0, q), for x in [0, 2q). */
  public long subtractOnce(long x) {
    long difference = x - value;
    return difference + (value & (difference >> 63));
  }

  /** a·b. */
  public long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    // Below 2^(bits+1): the product without its bits − 1 low bits.
    long top = (high << 1 << (64 - bits)) | (low >>> (bits - 1));
    long quotientHigh = Math.multiplyHigh(top, barrett);
    long quotient = (quotientHigh << (63 - bits)) | ((top * barrett) >>> 1 >>> bits);
    // The estimate is at most 2 too small: the remainder is in [0, 3q).
    return subtractOnce(subtractOnce(low - quotient * value));
  }

  /** Any unsigned 64-bit word modulo q. */
  public long reduce(long word) {
    long quotient = Math.unsignedMultiplyHigh(word, wordBarrett);
    // ⌊2^64/q⌋ is short by less than 1, so the remainder is in [0, 2q).
    return subtractOnce(word - quotient * value);
  }

  /** A signed word of absolute value below 2^62 modulo q. */
  public long reduceSigned(long word) {
    long sign = word >> 63;
    long magnitude = reduce((word ^ sign) - sign);
    return subtract(magnitude & ~sign, magnitude & sign);
  }

  /** The unsigned 128-bit number high·2^64 + low modulo q. */
  public long reduce(long high, long low) {
    return add(multiply(reduce(high), wordPower), reduce(low));
  }

  /** Any integer modulo q; for set-up code. */
  public long reduce(BigInteger integer) {
    return integer.mod(BigInteger.valueOf(value)).longValueExact();
  }

  /** w' = ⌊w·2^64/q⌋, what {@link #multiplyShoup} wants to know of its constant factor. */
  public long shoup(long w) {
    return BigInteger.valueOf(w).shiftLeft(64).divide(BigInteger.valueOf(value)).longValue();
  }

  /** x·w for any unsigned x, and w in [0, q) with its {@link #shoup} companion. */
  public long multiplyShoup(long x, long w, long wShoup) {
    return subtractOnce(x * w - Math.unsignedMultiplyHigh(x, wShoup) * value);
  }

  /** base^exponent; for set-up code, its time depends on the exponent. */
  public long power(long base, long exponent) {
    long result = 1 % value;
    long square = base;
    for (long left = exponent; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /**
   * The inverse of {@code a}; for set-up code.
   *
   * @throws IllegalArgumentException if a and q have a common divisor
   */
  public long inverse(long a) {
    try {
      return BigInteger.valueOf(a).modInverse(BigInteger.valueOf(value)).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "expected a number prime to " + value + ", got another one", e);
    }
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
    return "Modulus " + value;
  }
}
