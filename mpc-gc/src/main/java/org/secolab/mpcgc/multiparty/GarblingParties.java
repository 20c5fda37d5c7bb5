package org.secolab.mpcgc.multiparty;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.SessionId;
import org.secolab.mpcgc.ot.TransferName;

/**
 * Who garbles and who evaluates.
 *
 * @param garblers 1 to 255; their positions are the numbers that circuits use for owners
 */
public record GarblingParties(PartyId evaluator, List<PartyId> garblers) {
  public GarblingParties {
    garblers = List.copyOf(garblers);
    List<PartyId> all = new ArrayList<>(garblers);
    all.add(evaluator);
    if (garblers.isEmpty() || garblers.size() > 255 || new HashSet<>(all).size() != all.size()) {
      throw new IllegalArgumentException(
          "expected 1 to 255 garblers and another party as evaluator, all distinct, got "
              + garblers
              + " and "
              + evaluator);
    }
  }

  /** How many garblers there are. */
  public int count() {
    return garblers.size();
  }

  /** The number of {@code party} among the garblers. */
  int indexOf(PartyId party) {
    int index = garblers.indexOf(party);
    if (index < 0) {
      throw new IllegalArgumentException("expected one of " + garblers + ", got " + party);
    }
    return index;
  }

  /**
   * Names transfers between two of the parties.
   *
   * @param role what for, within a session of these parties with these roles
   */
  TransferName transfers(SessionId session, String role, PartyId chooser, PartyId sender) {
    return new TransferName(session, role + ", evaluated by " + evaluator, chooser, sender);
  }

  /** All garblers but number {@code self}. */
  List<PartyId> peers(int self) {
    List<PartyId> peers = new ArrayList<>(garblers);
    peers.remove(self);
    return peers;
  }
}
