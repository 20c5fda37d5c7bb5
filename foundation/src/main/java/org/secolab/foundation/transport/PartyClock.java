package org.secolab.foundation.transport;

import java.util.function.LongSupplier;

/**
 * The time of one party; used by its own thread only.
 *
 * <p>On a real network it is the machine's. On a simulated one it runs with the machine's while the
 * party computes; what it really waits for others, or for the real transport, is taken out, and
 * what the simulated network would have made it wait is put in ({@link ShapedChannel}). All
 * parties' clocks begin at 0, so a time that travels means the same to all.
 */
public final class PartyClock {
  private final LongSupplier machine;
  private long offset;

  /**
   * A clock that begins at 0 now.
   *
   * @param machine nanoseconds from wherever
   */
  public PartyClock(LongSupplier machine) {
    this.machine = machine;
    set(0);
  }

  /** A clock that begins at 0 now and runs with the machine's. */
  public static PartyClock startingNow() {
    return new PartyClock(System::nanoTime);
  }

  /** Nanoseconds since the beginning. */
  public long nanos() {
    return machine.getAsLong() + offset;
  }

  /** Puts the clock to {@code nanos}. */
  void set(long nanos) {
    offset = nanos - machine.getAsLong();
  }
}
