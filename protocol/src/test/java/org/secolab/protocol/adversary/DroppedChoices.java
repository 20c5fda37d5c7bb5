package org.secolab.protocol.adversary;

import java.util.Arrays;
import java.util.Set;
import org.secolab.foundation.random.RandomSource;

/**
 * A source some of whose purposes, wherever they occur below it, get zeros instead of random bytes:
 * random choices dropped from an otherwise unchanged program, or known to everybody.
 */
public final class DroppedChoices implements RandomSource {
  private static final RandomSource ZEROS =
      new RandomSource() {
        @Override
        public void fill(byte[] destination, int offset, int length) {
          Arrays.fill(destination, offset, offset + length, (byte) 0);
        }

        @Override
        public RandomSource fork(String label) {
          return this;
        }
      };

  private final RandomSource inner;
  private final Set<String> labels;

  /** Without {@code labels}. */
  public DroppedChoices(RandomSource inner, Set<String> labels) {
    this.inner = inner;
    this.labels = labels;
  }

  @Override
  public void fill(byte[] destination, int offset, int length) {
    inner.fill(destination, offset, length);
  }

  @Override
  public RandomSource fork(String label) {
    return labels.contains(label) ? ZEROS : new DroppedChoices(inner.fork(label), labels);
  }
}
