package org.secolab.foundation.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WitnessedRandomTest {
  private final Map<String, byte[]> seeds = new LinkedHashMap<>();

  @Test
  void forksOfASeed_areThatSourcesOwn_andFollowFromWhatTheWitnessHeard() {
    RandomSource witnessed = new WitnessedRandom(SeededRandom.ofInsecureNumber(7), seeds::put);
    byte[] expected = SeededRandom.ofInsecureNumber(7).fork("user").fork("masks").bytes(100);
    assertArrayEquals(expected, witnessed.fork("user").fork("masks").bytes(100));
    assertEquals(List.of("user"), List.copyOf(seeds.keySet()));
    assertArrayEquals(expected, new SeededRandom(seeds.get("user")).fork("masks").bytes(100));
    assertThrows(IllegalArgumentException.class, () -> witnessed.fork("user"));
  }

  @Test
  void forksOfTheSystem_areFresh_andFollowFromWhatTheWitnessHeard() {
    RandomSource witnessed = new WitnessedRandom(new SystemRandom(), seeds::put);
    byte[] drawn = witnessed.fork("user").bytes(100);
    assertArrayEquals(drawn, new SeededRandom(seeds.get("user")).bytes(100));
    witnessed.fork("gateway");
    assertFalse(Arrays.equals(seeds.get("user"), seeds.get("gateway")));
  }
}
