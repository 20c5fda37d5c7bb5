package org.secolab.repro.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
  private static final int CALM = 100; // calls without garbage that count as compiled
  private static final long PATIENCE = 20_000_000_000L; // nanoseconds

  private final NumberTheoreticTransform transform =
      PrimeField.of(Primes.largestNttPrimes(DEGREE, 50, 1).getFirst(), DEGREE).transform();
  private final long[] row = new long[DEGREE];

  /** Residues that are no constant, and compiled code. */
  public TransformBenchmarks() {
    for (int i = 0; i < DEGREE; i++) {
      row[i] = i;
    }
    // Everything else rests on the transform, and vectors that are not compiled yet are allocated:
    // on a busy machine a fixed time may be too short for the compiler, by a factor of a hundred.
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    int calm = 0;
    for (long end = System.nanoTime() + PATIENCE; calm < CALM && System.nanoTime() < end; ) {
      long before = threads.getCurrentThreadAllocatedBytes();
      forward();
      inverse();
      calm = threads.getCurrentThreadAllocatedBytes() - before < DEGREE ? calm + 1 : 0;
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
