package org.secolab.foundation.round;

import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;

/**
 * One party's view of one communication step, as a value: what it sends, from whom it expects an
 * answer, and what comes of the answers. It knows no socket, thread, clock or log.
 *
 * <p>Everything sent is fixed when the round is built: asking twice never resamples, so a party
 * cannot be made to say two different things in one step.
 *
 * @param <M> what the parties send in this step
 * @param <N> what it leads to: the next round, or the result
 */
public interface Round<M extends Message, N> {
  /** How the step's messages are named and read. */
  MessageType<M> type();

  /** What this party sends; the same object at every call. */
  Outbox<M> outbox();

  /** From whom this party expects exactly one message; may be empty. */
  Set<PartyId> senders();

  /**
   * Takes the messages of all {@link #senders} and goes on.
   *
   * @throws ProtocolAbortException if one of them cannot be used; it names its sender
   */
  N receive(Inbox<M> inbox) throws ProtocolAbortException;
}
