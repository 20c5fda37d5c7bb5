package org.secolab.foundation.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretTest {
  @Test
  void closing_zeroisesAndEndsUse() {
    byte[] bytes = {1, 2, 3};
    SecretBytes secret = new SecretBytes(bytes);
    assertArrayEquals(new byte[] {1, 2, 3}, secret.values());
    secret.close();
    secret.close();
    assertArrayEquals(new byte[3], bytes);
    assertThrows(IllegalStateException.class, secret::values);

    long[] words = {4, 5};
    try (SecretLongs longs = new SecretLongs(words)) {
      assertEquals(2, longs.length());
    }
    assertArrayEquals(new long[2], words);
  }

  @Test
  void fillingThatFails_leavesNothing() {
    for (Exception failure : List.of(new IOException(), new IllegalStateException())) {
      assertLeavesNothing(
          failure.getClass(),
          _ -> {
            throw failure;
          });
    }
    assertLeavesNothing(
        StackOverflowError.class,
        _ -> {
          throw new StackOverflowError();
        });
    long[] words = new long[2];
    try (SecretLongs whole = Secret.filled(new SecretLongs(words), secret -> words[0] = 7)) {
      assertArrayEquals(new long[] {7, 0}, whole.values());
    }
  }

  private static void assertLeavesNothing(
      Class<? extends Throwable> failure, Secret.Filling<SecretLongs, Exception> filling) {
    long[] words = {7, 8};
    assertThrows(failure, () -> Secret.filled(new SecretLongs(words), filling));
    assertArrayEquals(new long[2], words);
  }

  @Test
  void text_saysOnlyTheType() {
    assertEquals("SecretBytes", new SecretBytes(new byte[] {65}).toString());
    assertEquals("SecretLongs", new SecretLongs(new long[] {65}).toString());
  }

  @Test
  void select_picksByBit() {
    assertEquals(7, ConstantTime.select(1, 7, -9));
    assertEquals(-9, ConstantTime.select(0, 7, -9));
  }
}
