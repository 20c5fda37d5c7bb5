package org.secolab.lattice.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;

/** Fixed seeds, so that a rare but right sample cannot fail the build. */
class SamplersTest {
  private static final double LEAST_P = 1e-4;
  private static final int COUNT = 100_000;

  private static RandomSource random(String label) {
    return SeededRandom.ofInsecureNumber(7).fork(label);
  }

  private static void expectUniform(long[] counts) {
    double[] expected = new double[counts.length];
    Arrays.fill(expected, (double) Arrays.stream(counts).sum() / counts.length);
    double p = new ChiSquareTest().chiSquareTest(expected, counts);
    assertTrue(p > LEAST_P, "p = " + p);
  }

  @Test
  void borrow_tellsWhetherTheSecondIsLarger() {
    RandomSource random = random("borrow");
    long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 7};
    for (int i = 0; i < 2000; i++) {
      long[] a = new long[3];
      long[] b = new long[5];
      for (int k = 0; k < 3; k++) {
        a[k] = edges[random.nextInt(edges.length)];
        b[k + 1] = random.nextInt(2) == 0 ? a[k] : edges[random.nextInt(edges.length)];
      }
      int order = 0;
      for (int k = 2; k >= 0 && order == 0; k--) {
        order = Long.compareUnsigned(a[k], b[k + 1]);
      }
      assertEquals(order < 0 ? 1 : 0, FloodingSampler.borrow(a, b, 1));
    }
  }

  @Test
  void uniform_isUniform() {
    for (long bound : new long[] {1, 2, 3, 17, 64, 100}) {
      long[] values = new long[COUNT];
      UniformSampler.fill(values, bound, random("uniform" + bound));
      long[] counts = new long[(int) bound];
      for (long value : values) {
        counts[(int) value]++;
      }
      if (bound > 1) {
        expectUniform(counts);
      }
    }
  }

  @Test
  void uniformModuloLargePrime_isUniformAtBothEnds() {
    long prime = Primes.largestNttPrimes(16, 50, 1).getFirst();
    long[] values = new long[COUNT];
    UniformSampler.fill(values, prime, random("prime"));
    long[] high = new long[64];
    long[] low = new long[64];
    for (long value : values) {
      assertTrue(value >= 0 && value < prime);
      high[(int) (value >>> 44)]++;
      low[(int) (value & 63)]++;
    }
    expectUniform(high);
    expectUniform(low);
  }

  @Test
  void ternary_isUniform() {
    long[] counts = new long[3];
    for (long value : TernarySampler.sample(COUNT, random("ternary"))) {
      counts[(int) value + 1]++;
    }
    assertEquals(COUNT, Arrays.stream(counts).sum());
    expectUniform(counts);
  }

  @Test
  void centredBinomial_hasItsDistribution() {
    int reach = 12; // beyond, classes would be too small for the test: they are put together
    long[] counts = new long[2 * reach + 1];
    double[] expected = new double[2 * reach + 1];
    for (int k = -21; k <= 21; k++) {
      expected[Math.clamp(k, -reach, reach) + reach] +=
          CombinatoricsUtils.binomialCoefficientDouble(42, 21 + k) / Math.pow(2, 42);
    }
    double square = 0;
    for (long value : CentredBinomialSampler.sample(COUNT, random("binomial"))) {
      counts[Math.clamp(value, -reach, reach) + reach]++;
      square += value * value;
    }
    double p = new ChiSquareTest().chiSquareTest(expected, counts);
    assertTrue(p > LEAST_P, "p = " + p);
    assertEquals(CentredBinomialSampler.STANDARD_DEVIATION, Math.sqrt(square / COUNT), 0.05);
  }

  @Test
  void smallFlood_isUniformOnItsClosedRange() {
    Ring ring = new Ring(1024, Primes.largestNttPrimes(1024, 30, 2));
    FloodingSampler sampler = new FloodingSampler(ring, BigInteger.valueOf(18));
    RandomSource random = random("small flood");
    long[] counts = new long[37];
    for (int i = 0; i < 100; i++) {
      RnsPolynomial flood = sampler.sample(random);
      for (int row = 0; row < 2; row++) {
        long prime = ring.primes().get(row);
        for (long residue : flood.row(row)) {
          long value = residue > prime / 2 ? residue - prime : residue;
          counts[(int) value + 18]++;
        }
      }
    }
    assertEquals(2 * 100 * 1024, Arrays.stream(counts).sum());
    // Both rows hold the same integers: halve the counts for the test.
    expectUniform(Arrays.stream(counts).map(count -> count / 2).toArray());
  }

  @Test
  void largeFlood_isUniformInItsLowBits_itsHighBits_andNeverRepeats() {
    Ring ring = new Ring(4096, Primes.largestNttPrimes(4096, 50, 3));
    // 115 bits, not a power of two: both rejection and all words are at work.
    BigInteger bound = BigInteger.valueOf(0x5a5a5a5a5a5a5a5aL).shiftLeft(52);
    RandomSource random = random("large flood");
    long[] low = new long[256];
    long[] middle = new long[256];
    long[] high = new long[64];
    Set<BigInteger> distinct = new HashSet<>();
    FloodingSampler sampler = new FloodingSampler(ring, bound);
    for (int i = 0; i < 4; i++) {
      RnsPolynomial flood = sampler.sample(random);
      for (int j = 0; j < ring.degree(); j++) {
        BigInteger shifted = flood.coefficient(j).add(bound).mod(ring.q());
        assertTrue(shifted.compareTo(bound.shiftLeft(1)) <= 0, "outside the range");
        low[shifted.intValue() & 255]++;
        middle[shifted.shiftRight(60).intValue() & 255]++;
        high[shifted.shiftLeft(6).divide(bound.shiftLeft(1).add(BigInteger.ONE)).intValue()]++;
        distinct.add(shifted);
      }
    }
    expectUniform(low);
    expectUniform(middle);
    expectUniform(high);
    assertEquals(4 * 4096, distinct.size());
  }

  @Test
  void floodOfQAndMore_isRefused() {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 30, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FloodingSampler(ring, BigInteger.ONE.shiftLeft(29)));
    assertThrows(IllegalArgumentException.class, () -> new FloodingSampler(ring, BigInteger.ZERO));
  }
}
