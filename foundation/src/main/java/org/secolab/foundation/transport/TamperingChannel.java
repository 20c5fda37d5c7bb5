package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;

/** Lets a test change frames on their way out: a broken or hostile sender. */
public final class TamperingChannel implements Channel {
  /** Decides what really leaves. */
  @FunctionalInterface
  public interface Tamper {
    /** The frame to send instead of {@code frame}, which must not be changed in place. */
    byte[] apply(Envelope envelope, byte[] frame);
  }

  private final Channel inner;
  private final Tamper tamper;

  /** Sends over {@code inner} what {@code tamper} makes of each frame. */
  public TamperingChannel(Channel inner, Tamper tamper) {
    this.inner = inner;
    this.tamper = tamper;
  }

  @Override
  public PartyId self() {
    return inner.self();
  }

  @Override
  public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
    inner.send(envelope, tamper.apply(envelope, frame));
  }

  @Override
  public byte[] receive(Envelope envelope) throws LinkClosedException {
    return inner.receive(envelope);
  }
}
