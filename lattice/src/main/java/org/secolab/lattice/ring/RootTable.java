package org.secolab.lattice.ring;

import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.Primes;

/**
 * The powers of ψ and of ψ^−1 in the order in which transforms walk through them: entry i belongs
 * to the exponent brv(i).
 */
final class RootTable {
  final Modulus modulus;
  final int degree;
  final long[] powers;
  final long[] inversePowers;
  final long inverseDegree;

  RootTable(Modulus modulus, int degree) {
    this.modulus = modulus;
    this.degree = degree;
    long psi = Primes.smallestPrimitiveRoot(modulus, degree);
    powers = bitReversedPowers(psi);
    inversePowers = bitReversedPowers(modulus.inverse(psi));
    inverseDegree = modulus.inverse(degree);
  }

  private long[] bitReversedPowers(long base) {
    long[] table = new long[degree];
    int shift = 32 - Integer.numberOfTrailingZeros(degree);
    long power = 1;
    for (int exponent = 0; exponent < degree; exponent++) {
      table[degree == 1 ? 0 : Integer.reverse(exponent) >>> shift] = power;
      power = modulus.multiply(power, base);
    }
    return table;
  }

  long[] shoup(long[] constants) {
    long[] companions = new long[constants.length];
    for (int i = 0; i < constants.length; i++) {
      companions[i] = modulus.shoup(constants[i]);
    }
    return companions;
  }
}
