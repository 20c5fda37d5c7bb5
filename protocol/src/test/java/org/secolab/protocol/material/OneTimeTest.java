package org.secolab.protocol.material;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class OneTimeTest {
  @Test
  void secondUse_isRefused() {
    OneTime<String> mask = new OneTime<>("mask", "m");
    assertEquals("m", mask.take());
    IllegalStateException refusal = assertThrows(IllegalStateException.class, mask::take);
    assertEquals("expected unused mask, got it for the second time", refusal.getMessage());
  }
}
