package org.secolab.foundation.party;

import org.secolab.foundation.random.RandomSource;

/**
 * 128 bits that name one run of the framework. Public; unique with overwhelming probability.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record SessionId(long high, long low) {
  /** A fresh name. */
  public static SessionId random(RandomSource random) {
    return new SessionId(random.nextLong(), random.nextLong());
  }

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
