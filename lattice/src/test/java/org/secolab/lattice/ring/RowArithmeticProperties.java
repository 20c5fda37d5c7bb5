package org.secolab.lattice.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.sample.UniformSampler;

/** Every operation of both implementations against big integers, largest operands included. */
class RowArithmeticProperties {
  private static final int DEGREE = 64;

  private static Modulus modulus(int bits) {
    return new Modulus(Primes.largestNttPrimes(DEGREE, bits, 1).getFirst());
  }

  /** Uniform below a bound, or the largest, or both mixed. */
  private static long[] row(long bound, int kind, long seed) {
    long[] row = new long[DEGREE];
    UniformSampler.fill(row, bound, SeededRandom.ofInsecureNumber(seed));
    for (int j = 0; j < DEGREE; j++) {
      row[j] = kind == 0 || (kind == 1 && j % 2 == 0) ? row[j] : bound - 1;
    }
    return row;
  }

  @SafeVarargs
  private static void expect(
      Modulus modulus, IntFunction<BigInteger> definition, Consumer<long[]>... computations) {
    long[] expected = new long[DEGREE];
    Arrays.setAll(expected, j -> modulus.reduce(definition.apply(j)));
    for (Consumer<long[]> computation : computations) {
      long[] found = new long[DEGREE];
      computation.accept(found);
      assertArrayEquals(expected, found);
    }
  }

  private static BigInteger big(long x) {
    return BigInteger.valueOf(x);
  }

  private static List<RowArithmetic> both(Modulus modulus) {
    return modulus.bits() > VectorTransform.MAX_BITS
        ? List.of(new ScalarRows(modulus))
        : List.of(new ScalarRows(modulus), new VectorRows(modulus));
  }

  @Property(tries = 100)
  void sumsOfProducts(
      @ForAll @IntRange(min = 1, max = 40) int terms,
      @ForAll @IntRange(min = 30, max = 61) int bits,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll long seed) {
    Modulus modulus = modulus(bits);
    long[][] a = new long[terms][];
    long[][] b = new long[terms][];
    for (int i = 0; i < terms; i++) {
      a[i] = row(modulus.value(), kind, seed + i);
      b[i] = row(modulus.value() - i % 2, kind, ~seed - i);
    }
    for (RowArithmetic rows : both(modulus)) {
      long[][] first = a.clone();
      first[0] = a[0].clone();
      expect(
          modulus,
          j -> {
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < terms; i++) {
              sum = sum.add(big(a[i][j]).multiply(big(b[i][j])));
            }
            return sum;
          },
          found -> rows.sum(a, b, found),
          found -> {
            rows.sum(first, b, first[0]); // over a factor
            System.arraycopy(first[0], 0, found, 0, DEGREE);
          });
    }
  }

  @Property(tries = 100)
  void productsAndDifferences(
      @ForAll @IntRange(min = 30, max = 61) int bits,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll @IntRange(min = 0, max = 2) int otherKind,
      @ForAll boolean middle,
      @ForAll long seed) {
    Modulus modulus = modulus(bits);
    long q = modulus.value();
    long[] a = row(q, kind, seed);
    long[] b = row(q, otherKind, seed + 1);
    long[] c = row(q, kind, seed + 2);
    // Around q/2 the representative of least absolute value changes its sign.
    long factor = middle ? q / 2 + (seed & 1) : row(q, 1, seed + 3)[(int) (seed & 31)];
    for (RowArithmetic rows : both(modulus)) {
      expect(
          modulus,
          j -> big(c[j]).add(big(a[j]).multiply(big(b[j]))),
          found -> {
            System.arraycopy(c, 0, found, 0, DEGREE);
            rows.addProduct(a, b, found);
          });
      expect(
          modulus,
          j -> big(a[j]).multiply(big(factor)),
          found -> rows.multiply(a, factor, found),
          found -> {
            System.arraycopy(a, 0, found, 0, DEGREE);
            rows.multiply(found, factor, found);
          });
      expect(
          modulus,
          j -> big(a[j]).subtract(big(b[j])).multiply(big(factor)),
          found -> rows.multiplyDifference(a, b, factor, found),
          found -> {
            System.arraycopy(b, 0, found, 0, DEGREE);
            rows.multiplyDifference(a, found, factor, found);
          });
    }
  }

  @Property(tries = 100)
  void residuesOfSignedIntegers(
      @ForAll @IntRange(min = 10, max = 61) int bits,
      @ForAll @IntRange(min = 1, max = 62) int length,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll long seed) {
    Modulus modulus = modulus(bits);
    long[] integers = row(1L << length, kind, seed);
    for (int j = 0; j < DEGREE; j += 3) {
      integers[j] = -integers[j];
    }
    for (RowArithmetic rows : both(modulus)) {
      expect(modulus, j -> big(integers[j]), found -> rows.reduceSigned(integers, found));
    }
  }

  /** The y are residues of other primes, larger or smaller than this one. */
  @Property(tries = 100)
  void weightedSums(
      @ForAll @IntRange(min = 1, max = 32) int terms,
      @ForAll @IntRange(min = 10, max = 61) int bits,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll boolean middle,
      @ForAll long seed) {
    Modulus modulus = modulus(bits);
    long q = modulus.value();
    long[] weights = new long[terms];
    for (int i = 0; i < terms; i++) {
      weights[i] = middle ? q / 2 + i % 2 : row(q, kind, seed + i)[i];
    }
    long[] alpha = row(terms + 1, kind, seed - 1);
    long alphaWeight = row(q, kind, seed - 2)[0];
    for (RowArithmetic rows : both(modulus)) {
      long[][] y = new long[terms][];
      for (int i = 0; i < terms; i++) {
        y[i] = row(1L << rows.maxBits(), kind, seed - 3 - i);
      }
      expect(
          modulus,
          j -> {
            BigInteger sum = big(alpha[j]).multiply(big(alphaWeight));
            for (int i = 0; i < terms; i++) {
              sum = sum.add(big(y[i][j]).multiply(big(weights[i])));
            }
            return sum;
          },
          found -> rows.weightedSum(y, weights, alpha, alphaWeight, found));
    }
  }
}
