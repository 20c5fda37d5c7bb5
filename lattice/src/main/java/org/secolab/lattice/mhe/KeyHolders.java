package org.secolab.lattice.mhe;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.secolab.foundation.party.PartyId;

/** Who shares a key. */
final class KeyHolders {
  private KeyHolders() {}

  /** Everybody but {@code self}, in order; refuses to go on with fewer than two key holders. */
  static Set<PartyId> others(PartyId self, Collection<PartyId> keyHolders) {
    Set<PartyId> others = new LinkedHashSet<>(keyHolders);
    if (others.size() != keyHolders.size() || others.size() < 2 || !others.remove(self)) {
      throw new IllegalArgumentException(
          "expected at least two distinct key holders with " + self + ", got " + keyHolders);
    }
    return others;
  }
}
