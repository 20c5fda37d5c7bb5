package org.secolab.foundation.party;

import java.util.List;
import java.util.Set;

/**
 * The parties of one joint computation, in the order all of them agree on, seen by one of them.
 *
 * @param parties at least one, no name twice
 * @param self one of {@code parties}
 */
public record Roster(List<PartyId> parties, PartyId self) {
  public Roster {
    parties = List.copyOf(parties);
    if (Set.copyOf(parties).size() != parties.size()) {
      throw new IllegalArgumentException("expected distinct parties, got " + parties);
    }
    if (!parties.contains(self)) {
      throw new IllegalArgumentException("expected one of " + parties + ", got " + self);
    }
  }

  /** How many parties there are. */
  public int size() {
    return parties.size();
  }

  /** The position of {@code party}, from 0 on. */
  public int indexOf(PartyId party) {
    int index = parties.indexOf(party);
    if (index < 0) {
      throw new IllegalArgumentException("expected one of " + parties + ", got " + party);
    }
    return index;
  }

  /** The position of {@link #self}. */
  public int ownIndex() {
    return indexOf(self);
  }

  /** Everybody but {@link #self}, in order. */
  public List<PartyId> others() {
    return parties.stream().filter(party -> !party.equals(self)).toList();
  }
}
