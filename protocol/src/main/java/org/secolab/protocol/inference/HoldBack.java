package org.secolab.protocol.inference;

import java.time.Duration;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.PartyClock;

/** Waits until a fixed time after something, and counts when it was too late to. */
final class HoldBack {
  /** Waits. */
  @FunctionalInterface
  interface Pause {
    /** Real time. */
    Pause SLEEP = nanos -> Thread.sleep(Duration.ofNanos(nanos));

    void nanos(long nanos) throws InterruptedException;
  }

  private final Duration length;
  private final Pause pause;
  private int onTime;
  private int late;

  HoldBack(Duration length, Pause pause) {
    if (!length.isPositive()) {
      throw new IllegalArgumentException("expected a positive time, got " + length);
    }
    this.length = length;
    this.pause = pause;
  }

  /**
   * Until {@link #length} after {@code start}, if that is to come.
   *
   * @throws LinkClosedException to {@code peer}, if this thread is interrupted
   */
  void after(long start, PartyClock clock, PartyId peer) throws LinkClosedException {
    long left = start + length.toNanos() - clock.nanos();
    if (left < 0) {
      late++;
      return;
    }
    try {
      pause.nanos(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkClosedException(peer, "interrupted");
    }
    onTime++;
  }

  Duration length() {
    return length;
  }

  int onTime() {
    return onTime;
  }

  int late() {
    return late;
  }
}
