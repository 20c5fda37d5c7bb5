package org.secolab.protocol.linear;

import java.util.Arrays;
import org.secolab.modelio.fixed.Modulus;

/** Arithmetic on flat tensors of residues; every method returns a new array. */
public final class Tensors {
  private Tensors() {}

  /** a + b. */
  public static long[] add(long[] a, long[] b, Modulus modulus) {
    long[] result = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = modulus.add(a[i], b[i]);
    }
    return result;
  }

  /** a − b. */
  public static long[] subtract(long[] a, long[] b, Modulus modulus) {
    long[] result = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = modulus.subtract(a[i], b[i]);
    }
    return result;
  }

  /** −a. */
  public static long[] negate(long[] a, Modulus modulus) {
    long[] result = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = modulus.negate(a[i]);
    }
    return result;
  }

  /** The memory a tensor takes. */
  public static long bytes(long[] tensor) {
    return 8L * tensor.length;
  }

  /** Overwrites a tensor that nobody needs any more. */
  public static void wipe(long[] tensor) {
    Arrays.fill(tensor, 0);
  }
}
