package org.secolab.protocol.inference;

import java.time.Duration;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.PartyClock;
import org.secolab.foundation.transport.Phase;

/**
 * Holds back the first answer to the user after each setup among the servers, until a fixed time
 * after the gateway was last in touch with the user before. Without it the user, who waits for that
 * answer, times the setup, which grows with the layers behind the cut just as the result's time.
 */
public final class SetupPad implements TimePad {
  private final HoldBack hold;

  /**
   * A pad.
   *
   * @param length from the gateway's last frame to or from the user before a setup, or from the
   *     start, to its first frame to the user after it; positive
   */
  public SetupPad(Duration length) {
    this(length, HoldBack.Pause.SLEEP);
  }

  SetupPad(Duration length, HoldBack.Pause pause) {
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
    private boolean settingUp;
    private long start;

    Padded(Channel inner, PartyClock clock) {
      this.inner = inner;
      this.clock = clock;
      start = clock.nanos();
    }

    @Override
    public PartyId self() {
      return inner.self();
    }

    @Override
    public byte[] receive(Envelope envelope) throws LinkClosedException {
      byte[] frame = inner.receive(envelope);
      passed(envelope);
      return frame;
    }

    @Override
    public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
      if (settingUp && isUser(envelope)) {
        hold.after(start, clock, envelope.peer());
        settingUp = false;
      }
      inner.send(envelope, frame);
      passed(envelope);
    }

    private void passed(Envelope envelope) {
      settingUp |= envelope.scope().phase() == Phase.SETUP_PER_INFERENCE;
      if (!settingUp && isUser(envelope)) {
        start = clock.nanos();
      }
    }

    private static boolean isUser(Envelope envelope) {
      return envelope.peer().equals(SplitPlan.USER);
    }
  }
}
