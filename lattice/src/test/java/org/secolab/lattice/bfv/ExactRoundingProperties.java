package org.secolab.lattice.bfv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.UniformSampler;

/** Encoding and scaling against their definitions in big integers. */
class ExactRoundingProperties {
  /** round(a·b/c), halves upwards. */
  private static BigInteger round(BigInteger a, long b, BigInteger c) {
    BigInteger twice = a.multiply(BigInteger.valueOf(b)).shiftLeft(1).add(c);
    BigInteger[] division = twice.divideAndRemainder(c.shiftLeft(1));
    return division[1].signum() < 0 ? division[0].subtract(BigInteger.ONE) : division[0];
  }

  private static PlaintextModulus modulus(int bits, boolean odd) {
    return new PlaintextModulus(odd ? (1L << bits) - 1 : 1L << bits);
  }

  @Property(tries = 200)
  void message_isTheNearestMultiple(
      @ForAll @IntRange(min = 2, max = 48) int bits,
      @ForAll boolean odd,
      @ForAll @IntRange(min = 1, max = 4) int primes,
      @ForAll long seed) {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 50, primes));
    PlaintextModulus t = modulus(bits, odd);
    long[] message = new long[16];
    UniformSampler.fill(message, t.value(), SeededRandom.ofInsecureNumber(seed));
    message[0] = 0;
    message[1] = t.value() - 1;
    message[2] = t.value() / 2;
    RnsPolynomial encoded = new CoefficientEncoder(ring, t).message(message);
    for (int i = 0; i < 16; i++) {
      BigInteger expected = round(ring.q(), message[i], BigInteger.valueOf(t.value()));
      assertEquals(expected.mod(ring.q()), encoded.coefficient(i));
    }
  }

  @Property(tries = 200)
  void scaling_isExact(
      @ForAll @IntRange(min = 2, max = 61) int bits,
      @ForAll boolean odd,
      @ForAll @IntRange(min = 1, max = 4) int primes,
      @ForAll @IntRange(min = 40, max = 61) int primeBits,
      @ForAll long seed) {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, primeBits, primes));
    PlaintextModulus t = modulus(bits, odd);
    if (!ring.q().gcd(BigInteger.valueOf(t.value())).equals(BigInteger.ONE)) {
      return;
    }
    RnsPolynomial x =
        UniformSampler.polynomial(ring, Domain.COEFFICIENT, SeededRandom.ofInsecureNumber(seed));
    long[] scaled = new ScaledRounding(ring, t).apply(x);
    for (int i = 0; i < 16; i++) {
      BigInteger expected = round(x.coefficient(i), t.value(), ring.q());
      assertEquals(expected.mod(BigInteger.valueOf(t.value())), BigInteger.valueOf(scaled[i]));
    }
  }

  @Property(tries = 100)
  void scaling_nearTheEdgeOfAPlaintextUnit_isExact(
      @ForAll @IntRange(min = 2, max = 48) int bits, @ForAll long seed) {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 50, 3));
    PlaintextModulus t = modulus(bits, false);
    // Noise of q/2t less 2^-40 of it: almost the next message.
    BigInteger noise =
        ring.q().divide(BigInteger.valueOf(2 * t.value())).subtract(ring.q().shiftRight(bits + 41));
    long[] message = new long[16];
    UniformSampler.fill(message, t.value(), SeededRandom.ofInsecureNumber(seed));
    CoefficientEncoder encoder = new CoefficientEncoder(ring, t);
    for (BigInteger shift : new BigInteger[] {noise, noise.negate()}) {
      RnsPolynomial noisy = encoder.message(message);
      for (int row = 0; row < ring.size(); row++) {
        for (int i = 0; i < 16; i++) {
          noisy.row(row)[i] =
              ring.modulus(row).add(noisy.row(row)[i], ring.modulus(row).reduce(shift));
        }
      }
      org.junit.jupiter.api.Assertions.assertArrayEquals(
          message, new ScaledRounding(ring, t).apply(noisy));
    }
  }

  @Property(tries = 100)
  void factor_isTheCentredLift(
      @ForAll @IntRange(min = 2, max = 48) int bits, @ForAll boolean odd, @ForAll long seed) {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 50, 2));
    PlaintextModulus t = modulus(bits, odd);
    long[] weights = new long[16];
    UniformSampler.fill(weights, t.value(), SeededRandom.ofInsecureNumber(seed));
    weights[0] = t.value() - 1;
    RnsPolynomial factor =
        new CoefficientEncoder(ring, t).factor(weights).transformTo(Domain.COEFFICIENT);
    assertEquals(ring.q().subtract(BigInteger.ONE), factor.coefficient(0));
    for (int i = 0; i < 16; i++) {
      assertEquals(BigInteger.valueOf(t.centred(weights[i])).mod(ring.q()), factor.coefficient(i));
    }
  }

  @Example
  void coefficientsThatAreNoResidues_areRefused() {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 50, 2));
    CoefficientEncoder encoder = new CoefficientEncoder(ring, PlaintextModulus.powerOfTwo(8));
    long[] negative = new long[16];
    negative[3] = -1;
    assertThrows(IllegalArgumentException.class, () -> encoder.message(negative));
    assertThrows(IllegalArgumentException.class, () -> encoder.factor(new long[15]));
  }
}
