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
  private static final int VECTOR_DEGREE = 64; // rows this long are worked on by vectors

  private static Ring ring(int bits, int skip, int count) {
    return ring(DEGREE, bits, skip, count);
  }

  private static Ring ring(int degree, int bits, int skip, int count) {
    return new Ring(
        degree, Primes.largestNttPrimes(degree, bits, skip + count).subList(skip, skip + count));
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
      @ForAll @IntRange(min = 30, max = 61) int targetBits,
      @ForAll boolean vectors,
      @ForAll long seed) {
    int degree = vectors ? VECTOR_DEGREE : DEGREE;
    Ring source = ring(degree, bits, 0, from);
    Ring target = ring(degree, targetBits, from, to);
    RnsPolynomial x = uniform(source, Domain.COEFFICIENT, seed);
    RnsPolynomial converted = new BaseConversion(source, target).apply(x);
    for (int i = 0; i < degree; i++) {
      assertEquals(centred(x.coefficient(i), source.q()).mod(target.q()), converted.coefficient(i));
    }
  }

  /** Next to the middle between two integers, where doubles do not decide. */
  @Property(tries = 100)
  void fractions_areRoundedAlike_onVectorsAndOffThem_nextToOneHalf(
      @ForAll @IntRange(min = 1, max = 6) int size, @ForAll long seed) {
    Ring ring = ring(VECTOR_DEGREE, 50, 0, size);
    RnsPolynomial x = uniform(ring, Domain.COEFFICIENT, seed);
    BigInteger half = ring.q().shiftRight(1);
    for (int j = 0; j < VECTOR_DEGREE; j++) {
      // Every third at random, one at the middle, one up to 2^47 steps from it.
      BigInteger value =
          half.add(BigInteger.valueOf(j % 3 == 1 ? j % 5 - 2 : x.row(0)[j] >> (j % 50)));
      for (int i = 0; i < size && j % 3 != 0; i++) {
        x.row(i)[j] = ring.modulus(i).reduce(value);
      }
    }
    RoundedFractions fractions = new RoundedFractions(ring, BigInteger.ONE);
    long[][] y = new long[size][VECTOR_DEGREE];
    long[] alpha = new long[VECTOR_DEGREE];
    fractions.apply(x, y, alpha);
    long[] expected = new long[VECTOR_DEGREE];
    fractions.round(y, expected, 0, VECTOR_DEGREE);
    assertArrayEquals(expected, alpha);
    VectorFractions.round(fractions, y, alpha);
    assertArrayEquals(expected, alpha);
  }

  @Property(tries = 100)
  void divisionByTheLastPrime_rounds_inEitherDomain(
      @ForAll @IntRange(min = 2, max = 5) int size,
      @ForAll boolean evaluated,
      @ForAll boolean vectors,
      @ForAll long seed) {
    int degree = vectors ? VECTOR_DEGREE : DEGREE;
    Ring source = ring(degree, 50, 0, size);
    RnsPolynomial x = uniform(source, Domain.COEFFICIENT, seed);
    BigInteger p = BigInteger.valueOf(source.primes().getLast());
    RnsPolynomial input = evaluated ? x.copy().transformTo(Domain.EVALUATION) : x;
    LastPrimeDivision division = new LastPrimeDivision(source);
    RnsPolynomial quotient = division.apply(input).transformTo(Domain.COEFFICIENT);
    for (int i = 0; i < degree; i++) {
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
