package org.secolab.lattice.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.secolab.lattice.arith.Primes;

class ScratchTest {
  @Test
  void whatComesBack_isWiped_andLentAgain() {
    long[] row;
    RnsPolynomial polynomial;
    Ring ring = new Ring(64, Primes.largestNttPrimes(64, 50, 2));
    try (Scratch scratch = Scratch.open()) {
      row = scratch.row(77);
      Arrays.fill(row, 5);
      polynomial = scratch.polynomial(ring, Domain.COEFFICIENT);
      Arrays.fill(polynomial.row(1), 6);
    }
    assertArrayEquals(new long[77], row, "a secret must not stay behind");
    assertArrayEquals(new long[64], polynomial.row(1), "a secret must not stay behind");
    try (Scratch scratch = Scratch.open()) {
      assertSame(row, scratch.row(77));
      assertNotSame(row, scratch.row(77), "each row is lent once");
    }
  }

  @Test
  void nestedComputations_haveRowsOfTheirOwn() {
    try (Scratch outer = Scratch.open()) {
      long[] row = outer.row(78);
      row[0] = 1;
      try (Scratch inner = Scratch.open()) {
        assertNotSame(row, inner.row(78));
      }
      assertEquals(1, row[0], "what ended inside wipes its own rows only");
    }
  }
}
