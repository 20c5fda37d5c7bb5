package org.secolab.foundation.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RosterTest {
  private static final PartyId USER = new PartyId("user");
  private static final PartyId GATEWAY = new PartyId("gateway");

  @Test
  void roster_knowsPositions() {
    Roster roster = new Roster(List.of(USER, GATEWAY), GATEWAY);
    assertEquals(1, roster.ownIndex());
    assertEquals(List.of(USER), roster.others());
    assertThrows(IllegalArgumentException.class, () -> roster.indexOf(new PartyId("remote1")));
  }

  @Test
  void wrongRosters_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Roster(List.of(USER, USER), USER));
    assertThrows(IllegalArgumentException.class, () -> new Roster(List.of(USER), GATEWAY));
    assertThrows(IllegalArgumentException.class, () -> new PartyId("Two words"));
  }
}
