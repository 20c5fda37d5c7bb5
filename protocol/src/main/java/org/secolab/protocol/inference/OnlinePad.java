package org.secolab.protocol.inference;

import java.time.Duration;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.PartyClock;
import org.secolab.foundation.transport.Phase;

/**
 * Holds each result back until a fixed time after the input came. Without it the time to the result
 * grows with the layers behind the cut.
 *
 * <p>Online, the input is the first frame from the user, the layers behind the cut begin with the
 * first frame to somebody else, and the next frame to the user is the result.
 */
public final class OnlinePad implements TimePad {
  private final HoldBack hold;

  /**
   * A pad.
   *
   * @param length from the input's arrival at the gateway to the result's departure; positive
   */
  public OnlinePad(Duration length) {
    this(length, HoldBack.Pause.SLEEP);
  }

  OnlinePad(Duration length, HoldBack.Pause pause) {
    hold = new HoldBack(length, pause);
  }

  @Override
  public Channel over(Channel gateway, PartyClock clock) {
    return new Padded(gateway, clock);
  }

  @Override
  public Duration length() {
    return hold.length();
  }

  @Override
  public int onTime() {
    return hold.onTime();
  }

  @Override
  public int late() {
    return hold.late();
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
          hold.after(start, clock, envelope.peer());
          inferring = false;
          behindCut = false;
        }
      }
      inner.send(envelope, frame);
    }

    private static boolean isOnline(Envelope envelope) {
      return envelope.scope().phase() == Phase.ONLINE;
    }

    private static boolean toOrFromUser(Envelope envelope) {
      return envelope.peer().equals(SplitPlan.USER);
    }
  }
}
