package org.secolab.foundation.random;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Randomness for real secrets: an AES-CTR stream under a seed from the operating system, a fresh
 * seed for every fork. The only class that touches the system's generator.
 */
public final class SystemRandom implements RandomSource {
  private static final SecureRandom SYSTEM = new SecureRandom();

  private final SeededRandom stream;

  /** A source with a fresh seed. */
  public SystemRandom() {
    byte[] seed = new byte[SeededRandom.SEED_BYTES];
    SYSTEM.nextBytes(seed);
    stream = new SeededRandom(seed);
    Arrays.fill(seed, (byte) 0);
  }

  @Override
  public void fill(byte[] destination, int offset, int length) {
    stream.fill(destination, offset, length);
  }

  @Override
  public void fill(long[] destination) {
    stream.fill(destination);
  }

  /**
   * A new source with a fresh seed of its own; labels may repeat, since nothing depends on them.
   */
  @Override
  public RandomSource fork(String label) {
    return new SystemRandom();
  }

  @Override
  public String toString() {
    return "SystemRandom";
  }
}
