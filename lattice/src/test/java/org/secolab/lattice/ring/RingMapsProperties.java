package org.secolab.lattice.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.sample.UniformSampler;

/** Base conversion, division by the last prime, automorphisms: each against big integers. */
class RingMapsProperties {
  private static final int DEGREE = 16;

  private static Ring ring(int bits, int skip, int count) {
    return new Ring(
        DEGREE, Primes.largestNttPrimes(DEGREE, bits, skip + count).subList(skip, skip + count));
  }

  private static RnsPolynomial uniform(Ring ring, Domain domain, long seed) {
    return UniformSampler.polynomial(ring, domain, SeededRandom.ofInsecureNumber(seed));
  }

  private static BigInteger centred(BigInteger x, BigInteger q) {
    return x.shiftLeft(1).compareTo(q) >= 0 ? x.subtract(q) : x;
  }

  @Property(tries = 100)
  void conversion_keepsTheCentredInteger(
      @ForAll @IntRange(min = 1, max = 5) int from,
      @ForAll @IntRange(min = 1, max = 6) int to,
      @ForAll @IntRange(min = 40, max = 61) int bits,
      @ForAll long seed) {
    Ring source = ring(bits, 0, from);
    Ring target = ring(bits, from, to);
    RnsPolynomial x = uniform(source, Domain.COEFFICIENT, seed);
    RnsPolynomial converted = new BaseConversion(source, target).apply(x);
    for (int i = 0; i < DEGREE; i++) {
      assertEquals(centred(x.coefficient(i), source.q()).mod(target.q()), converted.coefficient(i));
    }
  }

  @Property(tries = 100)
  void divisionByTheLastPrime_rounds_inEitherDomain(
      @ForAll @IntRange(min = 2, max = 5) int size, @ForAll boolean evaluated, @ForAll long seed) {
    Ring source = ring(50, 0, size);
    RnsPolynomial x = uniform(source, Domain.COEFFICIENT, seed);
    BigInteger p = BigInteger.valueOf(source.primes().getLast());
    RnsPolynomial input = evaluated ? x.copy().transformTo(Domain.EVALUATION) : x;
    LastPrimeDivision division = new LastPrimeDivision(source);
    RnsPolynomial quotient = division.apply(input).transformTo(Domain.COEFFICIENT);
    for (int i = 0; i < DEGREE; i++) {
      BigInteger rounded = x.coefficient(i).shiftLeft(1).add(p).divide(p.shiftLeft(1));
      assertEquals(rounded.mod(division.target().q()), quotient.coefficient(i));
    }
  }

  @Property(tries = 50)
  void automorphism_substitutesAPowerOfX(
      @ForAll @IntRange(min = 0, max = DEGREE - 1) int half, @ForAll long seed) {
    Ring ring = ring(50, 0, 2);
    int g = 2 * half + 1;
    RnsPolynomial x = uniform(ring, Domain.COEFFICIENT, seed);
    BigInteger[] expected = new BigInteger[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      int exponent = i * g % (2 * DEGREE);
      BigInteger c = x.coefficient(i);
      expected[exponent % DEGREE] = (exponent < DEGREE ? c : c.negate()).mod(ring.q());
    }
    RnsPolynomial image =
        new Automorphism(DEGREE, g)
            .apply(x.copy().transformTo(Domain.EVALUATION))
            .transformTo(Domain.COEFFICIENT);
    for (int i = 0; i < DEGREE; i++) {
      assertEquals(expected[i], image.coefficient(i));
    }
  }

  @Property(tries = 20)
  void restriction_isReductionModuloADivisor(@ForAll long seed) {
    Ring ring = ring(50, 0, 4);
    Ring smaller = new Ring(DEGREE, ring.primes().subList(1, 3));
    RnsPolynomial x = uniform(ring, Domain.COEFFICIENT, seed);
    for (int i = 0; i < DEGREE; i++) {
      assertEquals(x.coefficient(i).mod(smaller.q()), x.restrictedTo(smaller).coefficient(i));
    }
    assertArrayEquals(x.row(1), x.restrictedTo(smaller).row(0));
  }

  @Example
  void impossibleMaps_areRefused() {
    Ring ring = ring(50, 0, 2);
    assertThrows(IllegalArgumentException.class, () -> new Automorphism(DEGREE, 4));
    assertThrows(IllegalArgumentException.class, () -> new Automorphism(DEGREE, 2 * DEGREE + 1));
    assertThrows(IllegalArgumentException.class, () -> new LastPrimeDivision(ring(50, 0, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> uniform(ring, Domain.EVALUATION, 1).restrictedTo(ring(50, 2, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new BaseConversion(ring, new Ring(32, Primes.largestNttPrimes(32, 50, 1))));
  }
}
