package org.secolab.foundation.transport;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * One party in one run: the only place where protocol steps meet input and output. Belongs to one
 * thread.
 */
public final class Session {
  private final SessionId id;
  private final Roster roster;
  private final Channel channel;
  private final CostMeter meter;
  private final Map<PartyId, Integer> sent = new HashMap<>();
  private final Map<PartyId, Integer> received = new HashMap<>();
  private final @Nullable MessageObserver observer;
  private Scope scope = new Scope(Phase.SETUP_ONCE, 0);

  /** The session {@code id} of {@code roster.self()} over its end of a network, costs not kept. */
  public Session(SessionId id, Roster roster, Channel channel) {
    this(id, roster, channel, new CostMeter());
  }

  /** The same, its costs charged to {@code meter}; bytes only if the channel is metered too. */
  public Session(SessionId id, Roster roster, Channel channel, CostMeter meter) {
    this(id, roster, channel, meter, null);
  }

  /** The same, every message told to {@code observer}, if there is one. */
  public Session(
      SessionId id,
      Roster roster,
      Channel channel,
      CostMeter meter,
      @Nullable MessageObserver observer) {
    if (!channel.self().equals(roster.self())) {
      throw new IllegalArgumentException(
          "expected the channel of " + roster.self() + ", got that of " + channel.self());
    }
    this.id = id;
    this.roster = roster;
    this.channel = channel;
    this.meter = meter;
    this.observer = observer;
  }

  /** The name of the run. */
  public SessionId id() {
    return id;
  }

  /** Everybody in it, seen by this party. */
  public Roster roster() {
    return roster;
  }

  /** This party. */
  public PartyId self() {
    return roster.self();
  }

  /** From now on costs are charged to {@code phase} and {@code layer}. */
  public void enter(Phase phase, int layer) {
    scope = new Scope(phase, layer);
    meter.enter(scope);
  }

  /** Closes the books on time: what this thread does from now on is not charged. */
  public void leave() {
    meter.leave();
  }

  /** This party's time, by its {@link PartyClock}: simulated where the network is. */
  public long nanos() {
    return meter.clock().nanos();
  }

  /** What costs are charged to now. */
  public Scope scope() {
    return scope;
  }

  /**
   * Sends what the round says, waits for everybody it expects, and returns what comes of it.
   *
   * @throws ProtocolAbortException if a peer is gone or sent something unusable; it names the peer
   */
  public <M extends Message, N> N exchange(Round<M, N> round) throws ProtocolAbortException {
    MessageType<M> type = round.type();
    M last = null;
    byte[] frame = {};
    for (Map.Entry<PartyId, M> entry : round.outbox().messages().entrySet()) {
      M message = entry.getValue();
      // A frame belongs to its receiver once it is sent; another one gets a copy.
      frame = message == last ? frame.clone() : frame(message);
      last = message;
      send(entry.getKey(), type, message, frame);
    }
    SequencedMap<PartyId, M> messages = new LinkedHashMap<>();
    for (PartyId sender : roster.parties()) {
      if (round.senders().contains(sender)) {
        messages.put(sender, receive(sender, type));
      }
    }
    return round.receive(new Inbox<>(messages));
  }

  /** The message behind room for the header: large arrays are copied here, once. */
  private static byte[] frame(Message message) {
    WireWriter out = WireWriter.behind(FrameHeader.BYTES);
    message.writeTo(out);
    return out.take();
  }

  private void send(PartyId receiver, MessageType<?> type, Message message, byte[] frame)
      throws ProtocolAbortException {
    int number = sent.merge(receiver, 1, Integer::sum) - 1;
    int length = frame.length - FrameHeader.BYTES;
    new FrameHeader(type.code(), id, number, roster.ownIndex(), length)
        .writeTo(WireWriter.over(frame));
    Envelope envelope = new Envelope(receiver, scope, type.name(), type.step());
    meter.pause();
    try {
      channel.send(envelope, frame);
    } catch (LinkClosedException e) {
      throw new ProtocolAbortException(e.peer(), e);
    } finally {
      meter.resume();
    }
    if (observer != null) {
      observer.message(self(), true, envelope, message, frame);
    }
  }

  private <M extends Message> M receive(PartyId sender, MessageType<M> type)
      throws ProtocolAbortException {
    Envelope envelope = new Envelope(sender, scope, type.name(), type.step());
    byte[] frame;
    meter.pause();
    try {
      frame = channel.receive(envelope);
    } catch (LinkClosedException e) {
      throw new ProtocolAbortException(e.peer(), e);
    } finally {
      meter.resume();
    }
    int number = received.merge(sender, 1, Integer::sum) - 1;
    try {
      WireReader in = new WireReader(frame);
      FrameHeader header = FrameHeader.read(in);
      FrameHeader expected =
          new FrameHeader(type.code(), id, number, roster.indexOf(sender), header.length());
      if (!header.equals(expected)) {
        throw new MalformedMessageException("expected " + expected + ", got " + header);
      }
      M message = type.read(in);
      if (observer != null) {
        observer.message(self(), false, envelope, message, frame);
      }
      return message;
    } catch (MalformedMessageException e) {
      throw new ProtocolAbortException(sender, type.name() + ": " + e.getMessage(), e);
    }
  }
}
