package org.secolab.lattice.arith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrimesTest {
  @Test
  void defaultPrimes_areTheLargestBelow2To50() {
    // Found with an independent Miller-Rabin test in Python.
    assertEquals(
        List.of(1125899906826241L, 1125899906629633L, 1125899905744897L, 1125899905351681L),
        Primes.largestNttPrimes(8192, 50, 4));
  }

  @Test
  void everyPrime_hasARootOfFullOrder() {
    for (long prime : Primes.largestNttPrimes(64, 30, 3)) {
      Modulus modulus = new Modulus(prime);
      long root = Primes.smallestPrimitiveRoot(modulus, 64);
      assertEquals(prime - 1, modulus.power(root, 64));
      assertTrue(root <= modulus.inverse(root), "the inverse is a primitive root too");
    }
  }

  @Test
  void impossibleWishes_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> Primes.largestNttPrimes(8192, 14, 3));
    assertThrows(
        IllegalArgumentException.class, () -> Primes.smallestPrimitiveRoot(new Modulus(97), 32));
  }
}
