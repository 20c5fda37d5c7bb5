package org.secolab.protocol.deploy;

import org.secolab.foundation.party.PartyId;

/** What the model owner gives one party. */
public sealed interface Part permits UserPart, ServerPart {
  /** Whose it is, and what all parties know. */
  PartHeader header();

  /** Whose it is. */
  default PartyId party() {
    return header().party();
  }
}
