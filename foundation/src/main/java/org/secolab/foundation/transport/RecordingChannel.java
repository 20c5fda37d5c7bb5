package org.secolab.foundation.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.secolab.foundation.party.PartyId;

/** Keeps every frame that one party sends and receives: the traffic part of its view. */
public final class RecordingChannel implements Channel {
  /** One frame of the view. Immutable by contract: the array is not to be written to. */
  public static final class Entry {
    private final boolean sent;
    private final Envelope envelope;
    private final byte[] frame;

    Entry(boolean sent, Envelope envelope, byte[] frame) {
      this.sent = sent;
      this.envelope = envelope;
      this.frame = frame;
    }

    /** Whether this party sent it; otherwise it received it. */
    public boolean sent() {
      return sent;
    }

    /** Peer, scope, type and step. */
    public Envelope envelope() {
      return envelope;
    }

    /** Header and payload. */
    public byte[] frame() {
      return frame;
    }
  }

  private final Channel inner;
  private final List<Entry> entries = new ArrayList<>();

  /** Keeps what goes over {@code inner}. */
  public RecordingChannel(Channel inner) {
    this.inner = inner;
  }

  /** The frames so far, in the order this party saw them. */
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  @Override
  public PartyId self() {
    return inner.self();
  }

  @Override
  public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
    inner.send(envelope, frame);
    entries.add(new Entry(true, envelope, frame));
  }

  @Override
  public byte[] receive(Envelope envelope) throws LinkClosedException {
    byte[] frame = inner.receive(envelope);
    entries.add(new Entry(false, envelope, frame));
    return frame;
  }
}
