package org.secolab.foundation.round;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.Message;

/**
 * What a party sends in one step: at most one message to each receiver, in a fixed order.
 *
 * @param messages receiver to message
 */
public record Outbox<M extends Message>(SequencedMap<PartyId, M> messages) {
  public Outbox {
    messages = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(messages));
  }

  /** Nothing to say. */
  public static <M extends Message> Outbox<M> empty() {
    return new Outbox<>(new LinkedHashMap<>());
  }

  /** The same message to all of {@code receivers}. */
  public static <M extends Message> Outbox<M> toAll(Collection<PartyId> receivers, M message) {
    SequencedMap<PartyId, M> messages = new LinkedHashMap<>();
    receivers.forEach(receiver -> messages.put(receiver, message));
    return new Outbox<>(messages);
  }

  /** One message to one receiver. */
  public static <M extends Message> Outbox<M> to(PartyId receiver, M message) {
    return new Outbox<>(new LinkedHashMap<>(Map.of(receiver, message)));
  }
}
