package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;

/** Counts bytes, messages and rounds into a {@link CostMeter}. */
public final class MeteringChannel implements Channel {
  private final Channel inner;
  private final CostMeter meter;

  /** Counts what goes over {@code inner}. */
  public MeteringChannel(Channel inner, CostMeter meter) {
    this.inner = inner;
    this.meter = meter;
  }

  @Override
  public PartyId self() {
    return inner.self();
  }

  @Override
  public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
    inner.send(envelope, frame);
    meter.sent(envelope, frame.length);
  }

  @Override
  public byte[] receive(Envelope envelope) throws LinkClosedException {
    byte[] frame = inner.receive(envelope);
    meter.received(envelope, frame.length);
    return frame;
  }
}
