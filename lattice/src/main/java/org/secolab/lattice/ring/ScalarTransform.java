package org.secolab.lattice.ring;

import org.secolab.lattice.arith.Modulus;

/**
 * The transform in plain 64-bit arithmetic, the twin every faster one must equal.
 *
 * <p>Forward: decimation in time; inverse: decimation in frequency, as in Longa and Naehrig, CANS
 * 2016 (eprint 2016/504), algorithms 1 and 2. Butterflies are Harvey's (Faster arithmetic for
 * number-theoretic transforms, 2014): products by Shoup's trick, reduced to [0, 2q) only, sums left
 * in [0, 4q). No branch and no index depends on the data.
 */
public final class ScalarTransform implements NumberTheoreticTransform {
  private final int degree;
  private final long q;
  private final Modulus modulus;
  private final long[] powers;
  private final long[] powersShoup;
  private final long[] inversePowers;
  private final long[] inversePowersShoup;
  private final long inverseDegree;
  private final long inverseDegreeShoup;

  /** The transform of {@code degree} points modulo a prime ≡ 1 mod 2·degree. */
  public ScalarTransform(Modulus modulus, int degree) {
    this(new RootTable(modulus, degree));
  }

  ScalarTransform(RootTable roots) {
    degree = roots.degree;
    modulus = roots.modulus;
    q = modulus.value();
    powers = roots.powers;
    powersShoup = roots.shoup(powers);
    inversePowers = roots.inversePowers;
    inversePowersShoup = roots.shoup(inversePowers);
    inverseDegree = roots.inverseDegree;
    inverseDegreeShoup = modulus.shoup(inverseDegree);
  }

  @Override
  public void forward(long[] row) {
    long twoQ = 2 * q;
    int span = degree;
    for (int blocks = 1; blocks < degree; blocks *= 2) {
      span /= 2;
      for (int block = 0; block < blocks; block++) {
        long w = powers[blocks + block];
        long wShoup = powersShoup[blocks + block];
        int from = 2 * block * span;
        for (int j = from; j < from + span; j++) {
          long u = row[j] - twoQ; // [0, 4q) − 2q
          u += twoQ & (u >> 63); // [0, 2q)
          long x = row[j + span];
          long v = x * w - Math.unsignedMultiplyHigh(x, wShoup) * q; // [0, 2q)
          row[j] = u + v; // [0, 4q)
          row[j + span] = u - v + twoQ; // (0, 4q)
        }
      }
    }
    for (int j = 0; j < degree; j++) {
      long u = row[j] - twoQ;
      u += twoQ & (u >> 63);
      row[j] = modulus.subtractOnce(u);
    }
  }

  @Override
  public void inverse(long[] row) {
    long twoQ = 2 * q;
    int span = 1;
    for (int blocks = degree / 2; blocks >= 1; blocks /= 2) {
      for (int block = 0; block < blocks; block++) {
        long w = inversePowers[blocks + block];
        long wShoup = inversePowersShoup[blocks + block];
        int from = 2 * block * span;
        for (int j = from; j < from + span; j++) {
          long u = row[j]; // [0, 2q)
          long v = row[j + span]; // [0, 2q)
          long sum = u + v - twoQ;
          row[j] = sum + (twoQ & (sum >> 63)); // [0, 2q)
          long difference = u - v + twoQ; // (0, 4q)
          row[j + span] =
              difference * w - Math.unsignedMultiplyHigh(difference, wShoup) * q; // [0, 2q)
        }
      }
      span *= 2;
    }
    for (int j = 0; j < degree; j++) {
      row[j] = modulus.multiplyShoup(row[j], inverseDegree, inverseDegreeShoup);
    }
  }

  @Override
  public String name() {
    return "scalar";
  }
}
