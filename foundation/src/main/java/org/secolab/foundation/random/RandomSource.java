package org.secolab.foundation.random;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A stream of uniform random bytes that can be forked by label.
 *
 * <p>Every method that needs randomness takes a {@code RandomSource} as its last parameter; whoever
 * calls it forks one per purpose. The streams of different labels are computationally independent
 * of each other and of their parent, so the order in which purposes draw their randomness does not
 * matter. An instance belongs to one thread.
 */
public interface RandomSource {

  /** Writes {@code length} uniform bytes to {@code destination} from {@code offset} on. */
  void fill(byte[] destination, int offset, int length);

  /**
   * A new source for one purpose.
   *
   * @param label names the purpose; may be used once per source
   * @throws IllegalArgumentException if this source was forked under {@code label} before: two
   *     equal streams where two independent ones are expected are how masks come to be used twice
   */
  RandomSource fork(String label);

  /** Fills the whole array with uniform bytes. */
  default void fill(byte[] destination) {
    fill(destination, 0, destination.length);
  }

  /** {@code length} fresh uniform bytes. */
  default byte[] bytes(int length) {
    byte[] result = new byte[length];
    fill(result, 0, length);
    return result;
  }

  /** Fills the whole array with uniform 64-bit words. */
  default void fill(long[] destination) {
    byte[] chunk = new byte[Math.min(8192, 8 * destination.length)];
    int done = 0;
    while (done < destination.length) {
      int words = Math.min(chunk.length / 8, destination.length - done);
      fill(chunk, 0, 8 * words);
      for (int i = 0; i < words; i++) {
        destination[done + i] = (long) Bytes.LONGS.get(chunk, 8 * i);
      }
      done += words;
    }
    java.util.Arrays.fill(chunk, (byte) 0);
  }

  /** One uniform 64-bit word. */
  default long nextLong() {
    return (long) Bytes.LONGS.get(bytes(8), 0);
  }

  /** One uniform integer in [0, bound), by rejection; {@code bound} is positive and public. */
  default int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("expected a positive bound, got " + bound);
    }
    int mask = Integer.highestOneBit(bound) * 2 - 1;
    int candidate;
    do {
      candidate = (int) nextLong() & mask;
    } while (candidate >= bound);
    return candidate;
  }

  /** This source in the shape that the JDK's key generators and key encapsulation ask for. */
  default SecureRandom asSecureRandom() {
    return new SecureRandomView(this);
  }

  /** How bytes become words: little-endian, on every machine. */
  final class Bytes {
    static final VarHandle LONGS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}
  }
}
