package org.secolab.lattice.arith;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The primes p ≡ 1 mod 2N, for which Z_p has the 2N-th roots of unity a transform needs. */
public final class Primes {
  private static final int CERTAINTY = 100; // wrong with probability below 2^-100

  private Primes() {}

  /** Whether {@code candidate} is prime. */
  public static boolean isPrime(long candidate) {
    return candidate > 1 && BigInteger.valueOf(candidate).isProbablePrime(CERTAINTY);
  }

  /**
   * The {@code count} largest primes ≡ 1 mod 2·degree below 2^bits, in descending order.
   *
   * @throws IllegalArgumentException if there are not that many of exactly {@code bits} bits
   */
  public static List<Long> largestNttPrimes(int degree, int bits, int count) {
    long step = 2L * degree;
    List<Long> primes = new ArrayList<>();
    long candidate = ((1L << bits) - 2) / step * step + 1;
    for (; primes.size() < count; candidate -= step) {
      if (candidate < 1L << (bits - 1)) {
        throw new IllegalArgumentException(
            "expected "
                + count
                + " primes of "
                + bits
                + " bits ≡ 1 mod "
                + step
                + ", got "
                + primes.size());
      }
      if (isPrime(candidate)) {
        primes.add(candidate);
      }
    }
    return List.copyOf(primes);
  }

  /**
   * The smallest primitive 2·degree-th root of unity modulo a prime: what all implementations of
   * one transform must agree on.
   *
   * @throws IllegalArgumentException unless the modulus is a prime ≡ 1 mod 2·degree
   */
  public static long smallestPrimitiveRoot(Modulus modulus, int degree) {
    long order = 2L * degree;
    long q = modulus.value();
    if ((q - 1) % order != 0 || !isPrime(q)) {
      throw new IllegalArgumentException("expected a prime ≡ 1 mod " + order + ", got " + q);
    }
    long root = 0;
    for (long base = 2; root == 0; base++) {
      long candidate = modulus.power(base, (q - 1) / order);
      // The order is a power of two, so it is the full one exactly if this power is −1.
      if (modulus.power(candidate, degree) == q - 1) {
        root = candidate;
      }
    }
    // All primitive roots are the odd powers of one of them.
    long square = modulus.multiply(root, root);
    long smallest = root;
    for (int i = 1; i < degree; i++) {
      root = modulus.multiply(root, square);
      smallest = Math.min(smallest, root);
    }
    return smallest;
  }
}
