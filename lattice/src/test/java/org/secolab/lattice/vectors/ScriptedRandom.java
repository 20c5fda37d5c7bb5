package org.secolab.lattice.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;
import org.secolab.foundation.random.RandomSource;

/**
 * Bytes that make the samplers draw given values: how vectors with given randomness are checked.
 */
final class ScriptedRandom implements RandomSource {
  private static final int TERNARY_WORDS = 128; // what the ternary sampler draws at once

  private final Queue<byte[]> draws = new ArrayDeque<>();

  /** The next draw yields these values in {−1, 0, 1}, two bits each. */
  ScriptedRandom ternary(long[] values) {
    long[] words = new long[TERNARY_WORDS];
    for (int i = 0; i < values.length; i++) {
      words[i / 32] |= (values[i] + 1) << (2 * (i % 32));
    }
    return add(words);
  }

  /** The next draw yields these values in [−21, 21]: that many ones on one side. */
  ScriptedRandom narrow(long[] values) {
    long[] words = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      long ones = (1L << Math.abs(values[i])) - 1;
      words[i] = values[i] >= 0 ? ones : ones << 21;
    }
    return add(words);
  }

  private ScriptedRandom add(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    draws.add(bytes.array());
    return this;
  }

  @Override
  public void fill(byte[] destination, int offset, int length) {
    byte[] draw = draws.remove();
    if (draw.length != length) {
      throw new AssertionError("expected a draw of " + draw.length + " bytes, got " + length);
    }
    System.arraycopy(draw, 0, destination, offset, length);
  }

  @Override
  public RandomSource fork(String label) {
    throw new AssertionError("nothing forks a script");
  }
}
