package org.secolab.protocol.inference;

import java.time.Duration;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.PartyClock;
import org.secolab.foundation.transport.Phase;

/**
 * Lets the user wait equally long whatever lies behind the cut: the gateway holds each result back
 * until a fixed time after the input came. Without it the time to the result grows with the layers
 * behind the cut, and is all that tells the user of them.
 *
 * <p>It knows no protocol: online, the input is the first frame from the user, the layers behind
 * the cut begin with the first frame to somebody else, and the next frame to the user is the
 * result. A result that comes later than that is passed on at once and counted, since its time
 * tells something again. For one run; read the counts after it.
 */
public final class OnlinePad {
  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  private final long length;
  private final Pause pause;
  private int onTime;
  private int late;

  /**
   * A pad.
   *
   * @param length from the input's arrival at the gateway to the result's departure; positive
   */
  public OnlinePad(Duration length) {
    this(length, nanos -> Thread.sleep(Duration.ofNanos(nanos)));
  }

  OnlinePad(Duration length, Pause pause) {
    if (!length.isPositive()) {
      throw new IllegalArgumentException("expected a positive time, got " + length);
    }
    this.length = length.toNanos();
    this.pause = pause;
  }

  /** The gateway's end of the network, its results held back. */
  public Channel over(Channel gateway, PartyClock clock) {
    return new Padded(gateway, clock);
  }

  /** How long it is. */
  public Duration length() {
    return Duration.ofNanos(length);
  }

  /** Results that left exactly then. */
  public int onTime() {
    return onTime;
  }

  /** Results that were not ready by then. */
  public int late() {
    return late;
  }

  private final class Padded implements Channel {
    private final Channel inner;
    private final PartyClock clock;
    private boolean inferring;
    private boolean behindCut;
    private long start;

    Padded(Channel inner, PartyClock clock) {
      this.inner = inner;
      this.clock = clock;
    }

    @Override
    public PartyId self() {
      return inner.self();
    }

    @Override
    public byte[] receive(Envelope envelope) throws LinkClosedException {
      byte[] frame = inner.receive(envelope);
      if (isOnline(envelope) && toOrFromUser(envelope) && !inferring) {
        inferring = true;
        start = clock.nanos();
      }
      return frame;
    }

    @Override
    public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
      if (inferring && isOnline(envelope)) {
        if (!toOrFromUser(envelope)) {
          behindCut = true;
        } else if (behindCut) {
          holdBack(envelope);
          inferring = false;
          behindCut = false;
        }
      }
      inner.send(envelope, frame);
    }

    private void holdBack(Envelope envelope) throws LinkClosedException {
      long left = start + length - clock.nanos();
      if (left < 0) {
        late++;
        return;
      }
      try {
        pause.nanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LinkClosedException(envelope.peer(), "interrupted");
      }
      onTime++;
    }

    private static boolean isOnline(Envelope envelope) {
      return envelope.scope().phase() == Phase.ONLINE;
    }

    private static boolean toOrFromUser(Envelope envelope) {
      return envelope.peer().equals(SplitPlan.USER);
    }
  }
}
