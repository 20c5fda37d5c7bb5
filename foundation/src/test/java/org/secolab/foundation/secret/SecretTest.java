package org.secolab.foundation.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
