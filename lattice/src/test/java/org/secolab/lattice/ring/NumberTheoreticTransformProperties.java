package org.secolab.lattice.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.sample.UniformSampler;

/** Round trip and product law alone would pass for a wrong but consistent transform. */
class NumberTheoreticTransformProperties {
  private static long[] uniform(int degree, Modulus modulus, long seed) {
    long[] row = new long[degree];
    UniformSampler.fill(row, modulus.value(), SeededRandom.ofInsecureNumber(seed));
    return row;
  }

  private static Modulus modulus(int degree, int bits) {
    return new Modulus(Primes.largestNttPrimes(degree, bits, 1).getFirst());
  }

  /** The definition: the value at ψ^(2·brv(i)+1), by Horner's rule. */
  private static long[] evaluate(long[] coefficients, Modulus modulus) {
    int degree = coefficients.length;
    long psi = Primes.smallestPrimitiveRoot(modulus, degree);
    int shift = 32 - Integer.numberOfTrailingZeros(degree);
    long[] values = new long[degree];
    for (int i = 0; i < degree; i++) {
      long point = modulus.power(psi, 2L * (Integer.reverse(i) >>> shift) + 1);
      for (int j = degree - 1; j >= 0; j--) {
        values[i] = modulus.add(modulus.multiply(values[i], point), coefficients[j]);
      }
    }
    return values;
  }

  @Property(tries = 60)
  void forward_matchesTheDefinition(
      @ForAll @IntRange(min = 1, max = 8) int logDegree,
      @ForAll @IntRange(min = 20, max = 61) int bits,
      @ForAll long seed) {
    int degree = 1 << logDegree;
    Modulus modulus = modulus(degree, bits);
    long[] row = uniform(degree, modulus, seed);
    long[] expected = evaluate(row, modulus);
    new ScalarTransform(modulus, degree).forward(row);
    assertArrayEquals(expected, row);
  }

  @Property(tries = 60)
  void inverse_undoesForward(
      @ForAll @IntRange(min = 1, max = 13) int logDegree,
      @ForAll @IntRange(min = 30, max = 61) int bits,
      @ForAll long seed) {
    int degree = 1 << logDegree;
    Modulus modulus = modulus(degree, bits);
    long[] original = uniform(degree, modulus, seed);
    long[] row = original.clone();
    NumberTheoreticTransform transform = new ScalarTransform(modulus, degree);
    transform.forward(row);
    transform.inverse(row);
    assertArrayEquals(original, row);
  }

  @Property(tries = 40)
  void product_isNegacyclicConvolution(
      @ForAll @IntRange(min = 1, max = 7) int logDegree,
      @ForAll @IntRange(min = 20, max = 61) int bits,
      @ForAll long seed) {
    int degree = 1 << logDegree;
    Modulus modulus = modulus(degree, bits);
    long[] a = uniform(degree, modulus, seed);
    long[] b = uniform(degree, modulus, ~seed);
    long[] expected = new long[degree];
    for (int i = 0; i < degree; i++) {
      for (int j = 0; j < degree; j++) {
        long term = modulus.multiply(a[i], b[j]);
        int k = (i + j) % degree;
        expected[k] =
            i + j < degree ? modulus.add(expected[k], term) : modulus.subtract(expected[k], term);
      }
    }
    NumberTheoreticTransform transform = new ScalarTransform(modulus, degree);
    transform.forward(a);
    transform.forward(b);
    for (int i = 0; i < degree; i++) {
      a[i] = modulus.multiply(a[i], b[i]);
    }
    transform.inverse(a);
    assertArrayEquals(expected, a);
  }

  @Example
  void largestResidues_transformExactly() {
    int degree = 256;
    Modulus modulus = modulus(degree, 61);
    long[] row = new long[degree];
    Arrays.fill(row, modulus.value() - 1);
    long[] expected = evaluate(row, modulus);
    NumberTheoreticTransform transform = new ScalarTransform(modulus, degree);
    transform.forward(row);
    assertArrayEquals(expected, row);
    Arrays.fill(row, modulus.value() - 1);
    transform.inverse(row);
    assertArrayEquals(
        expectedAllMinusOne(degree, modulus), evaluate(row, modulus), "values must be −1 again");
  }

  private static long[] expectedAllMinusOne(int degree, Modulus modulus) {
    long[] values = new long[degree];
    Arrays.fill(values, modulus.value() - 1);
    return values;
  }

  @Example
  void constantOne_isOneEverywhere() {
    Modulus modulus = modulus(16, 30);
    long[] row = new long[16];
    row[0] = 1;
    new ScalarTransform(modulus, 16).forward(row);
    long[] ones = new long[16];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, row);
    assertEquals("scalar", new ScalarTransform(modulus, 16).name());
  }

  @Property(tries = 200)
  void vectorTransform_equalsTheScalarTwin(
      @ForAll @IntRange(min = 5, max = 15) int logDegree,
      @ForAll @IntRange(min = 30, max = 50) int bits,
      @ForAll long seed) {
    int degree = 1 << logDegree;
    Modulus modulus = modulus(degree, bits);
    long q = modulus.value();
    RootTable roots = new RootTable(modulus, degree);
    NumberTheoreticTransform scalar = new ScalarTransform(roots);
    NumberTheoreticTransform vector = new VectorTransform(roots);
    long[] extremes = {0, 1, q / 2, q / 2 + 1, q - 1};
    long[] mixed = uniform(degree, modulus, seed);
    for (int i = 0; i < degree; i++) {
      // Half of the values at the ends and in the middle, where bounds are reached.
      mixed[i] = (mixed[i] & 1) == 0 ? mixed[i] : extremes[(int) ((mixed[i] >>> 1) % 5)];
    }
    long[] largest = new long[degree];
    Arrays.fill(largest, q - 1);
    for (long[] input : List.of(uniform(degree, modulus, seed), mixed, largest)) {
      long[] expected = input.clone();
      long[] found = input.clone();
      scalar.forward(expected);
      vector.forward(found);
      assertArrayEquals(expected, found, "forward");
      expected = input.clone();
      found = input.clone();
      scalar.inverse(expected);
      vector.inverse(found);
      assertArrayEquals(expected, found, "inverse");
    }
  }

  @Example
  void tests_runOnVectors_whereTheMachineHasThem() {
    // The build adds the module; a silent fall-back would leave the fast path untested.
    assertTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "--add-modules jdk.incubator.vector is missing");
    PrimeField field = PrimeField.of(Primes.largestNttPrimes(8192, 50, 1).getFirst(), 8192);
    String expected =
        VectorTransform.vectorBits() >= 256 || !System.getProperty("os.arch").equals("amd64")
            ? "vector" + VectorTransform.vectorBits()
            : "scalar";
    assertEquals(expected, field.transform().name());
    PrimeField large = PrimeField.of(Primes.largestNttPrimes(8192, 60, 1).getFirst(), 8192);
    assertEquals("scalar", large.transform().name(), "residues of 60 bits do not fit");
  }
}
