package org.secolab.foundation.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

final class SeededRandomTest {
  @Test
  void stream_isAesCounterModeUnderTheDerivedKey() throws Exception {
    byte[] seed = HexFormat.of().parseHex("00".repeat(31) + "07");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(seed, "HmacSHA256"));
    byte[] key = mac.doFinal(new byte[] {0});
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    assertArrayEquals(cipher.doFinal(new byte[100_000]), new SeededRandom(seed).bytes(100_000));
  }

  @Test
  void stream_doesNotDependOnHowItIsRead() {
    byte[] whole = SeededRandom.ofInsecureNumber(3).bytes(70_000);
    SeededRandom again = SeededRandom.ofInsecureNumber(3);
    byte[] pieces = new byte[whole.length];
    int[] lengths = {1, 7, 1024, 1023, 0, 20_000, 16_384, 3, 5000};
    int at = 0;
    for (int i = 0; at < pieces.length; i++) {
      int length = Math.min(lengths[i % lengths.length], pieces.length - at);
      again.fill(pieces, at, length);
      at += length;
    }
    assertArrayEquals(whole, pieces);
  }

  @Test
  void words_areTheBytesLittleEndian() {
    long[] words = new long[3000];
    SeededRandom.ofInsecureNumber(4).fill(words);
    byte[] bytes = SeededRandom.ofInsecureNumber(4).bytes(8 * words.length);
    for (int i = 0; i < words.length; i++) {
      long expected = 0;
      for (int b = 7; b >= 0; b--) {
        expected = expected << 8 | (bytes[8 * i + b] & 0xff);
      }
      assertTrue(expected == words[i]);
    }
  }

  @Test
  void forks_differFromEachOtherAndFromTheirParent() {
    SeededRandom parent = SeededRandom.ofInsecureNumber(5);
    byte[] a = parent.fork("a").bytes(32);
    byte[] b = parent.fork("b").bytes(32);
    byte[] own = parent.bytes(32);
    assertFalse(Arrays.equals(a, b));
    assertFalse(Arrays.equals(a, own));
    assertArrayEquals(a, SeededRandom.ofInsecureNumber(5).fork("a").bytes(32));
  }

  @Test
  void fork_underAUsedLabel_isRefused() {
    SeededRandom parent = SeededRandom.ofInsecureNumber(6);
    var _ = parent.fork("mask");
    assertThrows(IllegalArgumentException.class, () -> parent.fork("mask"));
  }

  @Test
  void boundedIntegers_areUniform() {
    SeededRandom random = SeededRandom.ofInsecureNumber(7);
    long[] counts = new long[6];
    for (int i = 0; i < 60_000; i++) {
      counts[random.nextInt(6)]++;
    }
    double[] expected = new double[6];
    Arrays.fill(expected, 10_000);
    assertTrue(new ChiSquareTest().chiSquareTest(expected, counts) > 1e-6);
  }

  @Test
  void secureRandomView_drawsFromTheSource() {
    byte[] bytes = new byte[40];
    SeededRandom.ofInsecureNumber(8).asSecureRandom().nextBytes(bytes);
    assertArrayEquals(SeededRandom.ofInsecureNumber(8).bytes(40), bytes);
  }

  @Test
  void systemRandom_neverRepeats() {
    SystemRandom random = new SystemRandom();
    assertFalse(Arrays.equals(random.fork("x").bytes(16), random.fork("x").bytes(16)));
    assertFalse(Arrays.equals(random.bytes(16), new SystemRandom().bytes(16)));
  }
}
