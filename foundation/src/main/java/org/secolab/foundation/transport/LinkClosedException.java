package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;

/** The link to a peer is gone; nothing more will come. */
public final class LinkClosedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient PartyId peer;

  /**
   * A link that is gone.
   *
   * @param peer whose link; not always the one that was being waited for
   * @param reason why, as far as it is known
   */
  public LinkClosedException(PartyId peer, String reason) {
    super("link to " + peer + " closed: " + reason);
    this.peer = peer;
  }

  /** Whose link it was. */
  public PartyId peer() {
    return peer;
  }
}
