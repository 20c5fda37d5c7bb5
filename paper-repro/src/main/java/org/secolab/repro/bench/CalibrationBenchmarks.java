package org.secolab.repro.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.ring.NumberTheoreticTransform;
import org.secolab.lattice.ring.ScalarTransform;

/** What every other figure is put in relation to: work that does not change with this project. */
@State(Scope.Thread)
public class CalibrationBenchmarks {
  private static final int BLOCKS =
      1 << 12; // 64 KiB: enough calls for the JIT, enough work in each
  private static final int DEGREE = 8192;

  private final Cipher cipher;
  private final byte[] input = new byte[16 * BLOCKS];
  private final byte[] output = new byte[16 * BLOCKS];
  private final NumberTheoreticTransform reference;
  private final long[] row = new long[DEGREE];

  /** Fixed keys: nothing here is secret. */
  public CalibrationBenchmarks() {
    try {
      cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(new byte[16], "AES"),
          new IvParameterSpec(new byte[16]));
      // Few long calls would not get compiled: many short ones do.
      for (int i = 0; i < 20_000; i++) {
        cipher.update(input, 0, 64, output);
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES", e);
    }
    Modulus modulus = new Modulus(Primes.largestNttPrimes(DEGREE, 50, 1).getFirst());
    reference = new ScalarTransform(modulus, DEGREE);
    for (int i = 0; i < DEGREE; i++) {
      row[i] = i;
    }
  }

  /** One block through the fixed-key permutation AES^−1, in long runs. */
  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public int aesPermutation() throws GeneralSecurityException {
    return cipher.update(input, 0, input.length, output);
  }

  /** The scalar transform: N = 8192, one prime of 50 bits. */
  @Benchmark
  public long[] nttForwardReference() {
    reference.forward(row);
    return row;
  }

  /** Its inverse. */
  @Benchmark
  public long[] nttInverseReference() {
    reference.inverse(row);
    return row;
  }
}
