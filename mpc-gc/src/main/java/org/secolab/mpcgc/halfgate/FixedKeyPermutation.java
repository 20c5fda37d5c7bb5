package org.secolab.mpcgc.halfgate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.label.Blocks;

/**
 * A permutation of 128-bit blocks chosen by a public key: AES-128 backwards. Backwards, because the
 * JDK has a second and often faster way to compute that: decryption in CBC mode is the inverse
 * permutation and one XOR, and unlike encryption it works on many blocks at once.
 */
public final class FixedKeyPermutation implements Secret {
  /** How the JDK is made to compute the permutation; the values do not depend on it. */
  public enum Path {
    /** Electronic code book. */
    ECB,
    /** Cipher block chaining, with the chaining undone. */
    CBC
  }

  private static final ValueLayout.OfLong LITTLE_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final IvParameterSpec ZERO = new IvParameterSpec(new byte[16]);

  private final Path path;
  private final Cipher cipher;
  private final byte[] input;
  private final byte[] output;
  private final MemorySegment inputSegment;
  private final MemorySegment outputSegment;
  private long previousLow;
  private long previousHigh;

  /**
   * The path that was faster on this machine when this was first asked, which takes about a tenth
   * of a second. Which one it is changes no value.
   */
  public static Path fastest() {
    return Measured.FASTEST;
  }

  /**
   * Measures, when first asked: the cipher alone, in calls like those of garbling, and so many that
   * they end up compiled. Interpreted code does not reach the JDK's own AES loops, and in the
   * static initialiser of the class itself nothing would run compiled. On a machine too busy to get
   * there in time it is CBC, which is never slow where there are AES instructions.
   */
  private static final class Measured {
    private static final int BLOCKS = 64;
    private static final int ROUNDS = 250;
    private static final int CALLS = 100;
    private static final long PATIENCE_NANOS = 300_000_000;
    private static final Path FASTEST = measure();

    private static Path measure() {
      Path[] paths = Path.values();
      FixedKeyPermutation[] permutations = new FixedKeyPermutation[paths.length];
      long[] best = new long[paths.length];
      for (int i = 0; i < paths.length; i++) {
        permutations[i] = new FixedKeyPermutation(paths[i], BLOCKS);
        permutations[i].key(new byte[16]);
        best[i] = Long.MAX_VALUE;
      }
      long end = System.nanoTime() + PATIENCE_NANOS;
      for (int round = 0; round < ROUNDS; round++) {
        if (System.nanoTime() > end) {
          return Path.CBC;
        }
        for (int i = 0; i < paths.length; i++) {
          for (int call = 0; call < CALLS; call++) {
            long start = System.nanoTime();
            permutations[i].update(BLOCKS);
            best[i] = Math.min(best[i], System.nanoTime() - start);
          }
        }
      }
      int fastest = 0;
      for (int i = 1; i < paths.length; i++) {
        if (best[i] < best[fastest]) {
          fastest = i;
        }
      }
      return paths[fastest];
    }
  }

  /**
   * A permutation without a key yet.
   *
   * @param blocks the most blocks of one {@link #apply}
   */
  public FixedKeyPermutation(Path path, int blocks) {
    this.path = path;
    input = new byte[16 * blocks];
    output = new byte[16 * blocks];
    inputSegment = MemorySegment.ofArray(input);
    outputSegment = MemorySegment.ofArray(output);
    try {
      cipher =
          Cipher.getInstance(
              switch (path) {
                case ECB -> "AES/ECB/NoPadding";
                case CBC -> "AES/CBC/NoPadding";
              });
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES", e);
    }
  }

  /** Chooses the permutation; {@code key} has 16 bytes. */
  public void key(byte[] key) {
    try {
      SecretKeySpec spec = new SecretKeySpec(key, "AES");
      switch (path) {
        case ECB -> cipher.init(Cipher.DECRYPT_MODE, spec);
        case CBC -> cipher.init(Cipher.DECRYPT_MODE, spec, ZERO);
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("an AES key has 16 bytes", e);
    }
    previousLow = 0;
    previousHigh = 0;
  }

  /** {@code out} = permuted {@code in}, block by block, two words each; two different arrays. */
  public void apply(long[] in, long[] out, int blocks) {
    MemorySegment.copy(
        MemorySegment.ofArray(in),
        ValueLayout.JAVA_LONG,
        0,
        inputSegment,
        LITTLE_ENDIAN,
        0,
        2L * blocks);
    update(blocks);
    MemorySegment.copy(
        outputSegment,
        LITTLE_ENDIAN,
        0,
        MemorySegment.ofArray(out),
        ValueLayout.JAVA_LONG,
        0,
        2L * blocks);
    if (path == Path.CBC) {
      out[0] ^= previousLow;
      out[1] ^= previousHigh;
      Blocks.KERNELS.unchain(in, out, blocks);
      previousLow = in[2 * blocks - 2];
      previousHigh = in[2 * blocks - 1];
    }
  }

  private void update(int blocks) {
    try {
      cipher.update(input, 0, 16 * blocks, output, 0);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the output has room", e);
    }
  }

  /** Forgets the blocks of the last call; the key is public. */
  @Override
  public void close() {
    Arrays.fill(input, (byte) 0);
    Arrays.fill(output, (byte) 0);
    previousLow = 0;
    previousHigh = 0;
  }

  @Override
  public String toString() {
    return "FixedKeyPermutation";
  }
}
