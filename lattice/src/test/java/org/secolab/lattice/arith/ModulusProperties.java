package org.secolab.lattice.arith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ModulusProperties {
  private static BigInteger big(long x) {
    return BigInteger.valueOf(x);
  }

  private static BigInteger unsigned(long x) {
    return new BigInteger(Long.toUnsignedString(x));
  }

  @Property(tries = 2000)
  void everyOperation_equalsBigIntegerArithmetic(
      @ForAll @LongRange(min = 2, max = (1L << 61) - 1) long value,
      @ForAll long x,
      @ForAll long y) {
    Modulus q = new Modulus(value);
    long a = Long.remainderUnsigned(x, value);
    long b = Long.remainderUnsigned(y, value);
    assertEquals(big(a).add(big(b)).mod(big(value)), big(q.add(a, b)));
    assertEquals(big(a).subtract(big(b)).mod(big(value)), big(q.subtract(a, b)));
    assertEquals(big(a).negate().mod(big(value)), big(q.negate(a)));
    assertEquals(big(a).multiply(big(b)).mod(big(value)), big(q.multiply(a, b)));
    assertEquals(unsigned(x).mod(big(value)), big(q.reduce(x)));
    assertEquals(big(x >> 2).mod(big(value)), big(q.reduceSigned(x >> 2)));
    assertEquals(
        unsigned(x).multiply(big(b)).mod(big(value)), big(q.multiplyShoup(x, b, q.shoup(b))));
    assertEquals(unsigned(x).shiftLeft(64).add(unsigned(y)).mod(big(value)), big(q.reduce(x, y)));
  }

  @Property(tries = 200)
  void extremeOperands_multiplyExactly(
      @ForAll @LongRange(min = 2, max = 61) long bits,
      @ForAll @LongRange(min = 0, max = 3) long d) {
    // Next to powers of two, where the quotient estimate is at its worst.
    for (long value : new long[] {(1L << (bits - 1)) + d, (1L << bits) - 1 - d}) {
      if (value >= 2 && value < 1L << 61) {
        Modulus q = new Modulus(value);
        long largest = value - 1;
        assertEquals(
            big(largest).multiply(big(largest)).mod(big(value)), big(q.multiply(largest, largest)));
      }
    }
  }

  @Property(tries = 200)
  void power_equalsBigInteger(
      @ForAll @LongRange(min = 2, max = (1L << 61) - 1) long value,
      @ForAll @LongRange(min = 0) long base,
      @ForAll @LongRange(min = 0) long exponent) {
    assertEquals(
        big(base).modPow(big(exponent), big(value)),
        big(new Modulus(value).power(base % value, exponent)));
  }

  @Example
  void modulusOutOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Modulus(1));
    assertThrows(IllegalArgumentException.class, () -> new Modulus(1L << 61));
    assertThrows(IllegalArgumentException.class, () -> new Modulus(12).inverse(8));
  }

  @Property(tries = 1000)
  void plaintextArithmetic_equalsBigIntegerArithmetic(
      @ForAll @IntRange(min = 1, max = 62) int bits,
      @ForAll @LongRange(min = 1, max = (1L << 60) - 1) long half,
      @ForAll long x,
      @ForAll long y) {
    for (long value : new long[] {1L << bits, 2 * half + 1}) {
      PlaintextModulus t = new PlaintextModulus(value);
      long a = Long.remainderUnsigned(x, value);
      long b = Long.remainderUnsigned(y, value);
      assertEquals(big(a).add(big(b)).mod(big(value)), big(t.add(a, b)));
      assertEquals(big(a).subtract(big(b)).mod(big(value)), big(t.subtract(a, b)));
      assertEquals(big(a).multiply(big(b)).mod(big(value)), big(t.multiply(a, b)));
      assertEquals(big(x >> 2).mod(big(value)), big(t.reduce(x >> 2)));
      BigInteger centred =
          big(a).shiftLeft(1).compareTo(big(value)) >= 0 ? big(a).subtract(big(value)) : big(a);
      assertEquals(centred, big(t.centred(a)));
    }
  }

  @Example
  void coefficientsOutsideTheRange_areRefused() {
    PlaintextModulus t = PlaintextModulus.powerOfTwo(4);
    t.expectResidues(new long[] {0, 15}, 2);
    assertThrows(IllegalArgumentException.class, () -> t.expectResidues(new long[] {16, 0}, 2));
    assertThrows(IllegalArgumentException.class, () -> t.expectResidues(new long[] {0, -1}, 2));
    assertThrows(IllegalArgumentException.class, () -> t.expectResidues(new long[] {0}, 2));
    assertThrows(IllegalArgumentException.class, () -> new PlaintextModulus(12));
  }
}
