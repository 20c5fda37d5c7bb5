package org.secolab.mpcgc.label;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;

/** One garbler's global difference Δ: uniform, but with 1 in its lowest bit. */
public final class Delta implements Secret {
  private long low;
  private long high;

  /** A fresh one. */
  public Delta(RandomSource random) {
    this(random.nextLong() | 1, random.nextLong());
  }

  private Delta(long low, long high) {
    this.low = low;
    this.high = high;
  }

  /** The difference with these words, from a party's own storage. */
  public static Delta stored(long low, long high) {
    return new Delta(low, high);
  }

  /** Bits 0 to 63. */
  public long low() {
    return low;
  }

  /** Bits 64 to 127. */
  public long high() {
    return high;
  }

  /** The same difference, to be closed on its own. */
  public Delta copy() {
    return new Delta(low, high);
  }

  @Override
  public void close() {
    low = 0;
    high = 0;
  }

  @Override
  public String toString() {
    return "Delta";
  }
}
