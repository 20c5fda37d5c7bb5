package org.secolab.mpcgc.ot;

import java.util.Arrays;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.label.Delta;

/**
 * What the receiver of 128 random transfers of 128-bit strings has: its choices, the bits of Δ, and
 * one string of each.
 */
public final class ChosenSeeds implements Secret {
  private final Delta choices;
  private final long[] seeds;

  ChosenSeeds(Delta choices, long[] seeds) {
    this.choices = choices;
    this.seeds = seeds;
  }

  /** Δ. */
  Delta choices() {
    return choices;
  }

  /** Bit {@code t} of Δ. */
  long choice(int t) {
    return bit(choices, t);
  }

  static long bit(Delta delta, int t) {
    return (t < 64 ? delta.low() : delta.high()) >>> t & 1;
  }

  /** Word {@code half} of the chosen string of transfer {@code t}. */
  long word(int t, int half) {
    return seeds[2 * t + half];
  }

  @Override
  public void close() {
    choices.close();
    Arrays.fill(seeds, 0);
  }

  @Override
  public String toString() {
    return "ChosenSeeds";
  }
}
