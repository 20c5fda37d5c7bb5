package org.secolab.protocol.material;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.secret.SecretLongs;

final class OneTimeTest {
  @Test
  void secondUse_isRefused() {
    OneTime<String> mask = new OneTime<>("mask", "m");
    assertEquals("m", mask.take());
    IllegalStateException refusal = assertThrows(IllegalStateException.class, mask::take);
    assertEquals("expected unused mask, got it for the second time", refusal.getMessage());
  }

  @Test
  void makingThatFails_leavesNothing() {
    for (RuntimeException failure :
        List.of(new UncheckedIOException(new IOException("full")), new IllegalStateException())) {
      long[] mask = new long[1];
      assertThrows(
          failure.getClass(),
          () ->
              OneTime.of(
                  "mask",
                  new SecretLongs(mask),
                  _ -> {
                    mask[0] = 7;
                    throw failure;
                  }));
      assertEquals(0, mask[0]);
    }
  }
}
