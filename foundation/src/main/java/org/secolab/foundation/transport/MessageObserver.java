package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.Message;

/**
 * Told of every message of a session after it was sent, or received and understood: how a party's
 * view is recorded. An observer sees secrets of the party it observes.
 */
@FunctionalInterface
public interface MessageObserver {
  /**
   * One message.
   *
   * @param party whose session it is
   * @param sent whether the party sent it; otherwise it received it
   * @param envelope peer, scope, type and step
   * @param message what was said
   * @param frame the same on the wire, header included; not to be written to
   */
  void message(PartyId party, boolean sent, Envelope envelope, Message message, byte[] frame);
}
