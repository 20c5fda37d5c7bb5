package org.secolab.foundation.random;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** A {@link RandomSource} behind the JDK's interface; seeding it further has no effect. */
final class SecureRandomView extends SecureRandom {
  SecureRandomView(RandomSource source) {
    super(new Spi(source), null);
  }

  @Override
  public String getAlgorithm() {
    return "RandomSource";
  }

  private static final class Spi extends SecureRandomSpi {
    private final transient RandomSource source;

    Spi(RandomSource source) {
      this.source = source;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // The source is already seeded, and reproducible runs must stay reproducible.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      source.fill(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      return source.bytes(count);
    }
  }
}
