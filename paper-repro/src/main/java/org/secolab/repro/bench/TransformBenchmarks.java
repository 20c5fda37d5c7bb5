package org.secolab.repro.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.ring.NumberTheoreticTransform;
import org.secolab.lattice.ring.PrimeField;

/** The transform that this machine gets: N = 8192, one prime of 50 bits. */
@State(Scope.Thread)
public class TransformBenchmarks {
  private static final int DEGREE = 8192;

  private final NumberTheoreticTransform transform =
      PrimeField.of(Primes.largestNttPrimes(DEGREE, 50, 1).getFirst(), DEGREE).transform();
  private final long[] row = new long[DEGREE];

  /** Residues that are no constant. */
  public TransformBenchmarks() {
    for (int i = 0; i < DEGREE; i++) {
      row[i] = i;
    }
  }

  /** Coefficients to values. */
  @Benchmark
  public long[] forward() {
    transform.forward(row);
    return row;
  }

  /** Values to coefficients. */
  @Benchmark
  public long[] inverse() {
    transform.inverse(row);
    return row;
  }
}
