package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;

/** The link to a peer is gone; nothing more will come. */
public final class LinkClosedException extends Exception {
  private static final long serialVersionUID = 1;

  public LinkClosedException(PartyId peer, String reason) {
    super("link to " + peer + " closed: " + reason);
  }
}
