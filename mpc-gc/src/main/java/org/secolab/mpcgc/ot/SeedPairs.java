package org.secolab.mpcgc.ot;

import java.util.Arrays;
import org.secolab.foundation.secret.Secret;

/** What the sender of 128 random transfers of 128-bit strings has: both strings of each. */
public final class SeedPairs implements Secret {
  /** The number of transfers. */
  public static final int COUNT = 128;

  private final long[] zero;
  private final long[] one;

  SeedPairs(long[] zero, long[] one) {
    this.zero = zero;
    this.one = one;
  }

  /** Word {@code half} of string {@code choice} of transfer {@code t}. */
  long word(int t, int choice, int half) {
    return (choice == 0 ? zero : one)[2 * t + half];
  }

  @Override
  public void close() {
    Arrays.fill(zero, 0);
    Arrays.fill(one, 0);
  }

  @Override
  public String toString() {
    return "SeedPairs";
  }
}
