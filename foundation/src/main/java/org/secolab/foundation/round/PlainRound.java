package org.secolab.foundation.round;

import java.util.Collection;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;

/** A step without mathematics: some messages go out, some come in, and that is the result. */
public final class PlainRound<M extends Message> implements Round<M, Inbox<M>> {
  private final MessageType<M> type;
  private final Outbox<M> outbox;
  private final Set<PartyId> senders;

  /** Sends {@code outbox} and waits for {@code senders}. */
  public PlainRound(MessageType<M> type, Outbox<M> outbox, Collection<PartyId> senders) {
    this.type = type;
    this.outbox = outbox;
    this.senders = Set.copyOf(senders);
  }

  /** The same message to all {@code receivers}; nothing comes back. */
  public static <M extends Message> PlainRound<M> send(
      MessageType<M> type, Collection<PartyId> receivers, M message) {
    return new PlainRound<>(type, Outbox.toAll(receivers, message), Set.of());
  }

  /** One message from each of {@code senders}; nothing goes out. */
  public static <M extends Message> PlainRound<M> receive(
      MessageType<M> type, Collection<PartyId> senders) {
    return new PlainRound<>(type, Outbox.empty(), senders);
  }

  @Override
  public MessageType<M> type() {
    return type;
  }

  @Override
  public Outbox<M> outbox() {
    return outbox;
  }

  @Override
  public Set<PartyId> senders() {
    return senders;
  }

  @Override
  public Inbox<M> receive(Inbox<M> inbox) {
    return inbox;
  }
}
