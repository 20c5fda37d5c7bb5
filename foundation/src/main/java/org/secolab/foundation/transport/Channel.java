package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;

/**
 * One party's end of its links to all others: reliable, ordered per directed link, frame by frame.
 */
public interface Channel {
  /** Whose end this is. */
  PartyId self();

  /**
   * Sends one frame, header included. The array must not change afterwards.
   *
   * @throws LinkClosedException naming the peer whose link broke, which may be another than the
   *     envelope's: a run without one of its parties is over
   */
  void send(Envelope envelope, byte[] frame) throws LinkClosedException;

  /**
   * Waits for the next frame of the envelope's peer.
   *
   * @throws LinkClosedException as {@link #send}
   */
  byte[] receive(Envelope envelope) throws LinkClosedException;
}
