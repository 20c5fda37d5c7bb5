package org.secolab.foundation.round;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.Message;

/**
 * The messages of one step, one from each expected sender.
 *
 * @param messages sender to message
 */
public record Inbox<M extends Message>(SequencedMap<PartyId, M> messages) {
  public Inbox {
    messages = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(messages));
  }

  /** The message of {@code sender}, which must be one of the round's senders. */
  public M from(PartyId sender) {
    M message = messages.get(sender);
    if (message == null) {
      throw new IllegalArgumentException(
          "expected one of " + messages.keySet() + ", got " + sender);
    }
    return message;
  }
}
