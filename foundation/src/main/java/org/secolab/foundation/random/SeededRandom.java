package org.secolab.foundation.random;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The stream determined by a 32-byte seed: AES-256 in counter mode under a key derived from it.
 *
 * <p>Used where parties must agree on uniform values (common reference strings), for tests, and,
 * with a seed from {@link SystemRandom}, as the generator behind every secret. Stream key =
 * HMAC-SHA-256(seed, 0), seed of a fork = HMAC-SHA-256(seed, 1 ‖ label); so a fork tells nothing
 * about its parent.
 */
public final class SeededRandom implements RandomSource {
  /** Bytes of a seed. */
  public static final int SEED_BYTES = 32;

  private static final byte[] ZEROS = new byte[1 << 14];
  private static final int BUFFER = 1024;
  private static final int WORDS = 8192; // bytes

  private final Mac derivation;
  private final Cipher stream;
  private final Set<String> labels = new HashSet<>();
  private final byte[] buffer = new byte[BUFFER];
  private byte[] words = {}; // made when words are first asked for
  private int position = BUFFER;

  /**
   * The stream of {@code seed}.
   *
   * @throws IllegalArgumentException if the seed has not {@value #SEED_BYTES} bytes
   */
  public SeededRandom(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException(
          "expected a seed of " + SEED_BYTES + " bytes, got " + seed.length);
    }
    try {
      derivation = Mac.getInstance("HmacSHA256");
      derivation.init(new SecretKeySpec(seed, "HmacSHA256"));
      byte[] key = derivation.doFinal(new byte[] {0});
      stream = Cipher.getInstance("AES/CTR/NoPadding");
      stream.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
      Arrays.fill(key, (byte) 0);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES and HMAC-SHA-256", e);
    }
  }

  /**
   * The stream of a number, for tests and examples.
   *
   * @param seed any number; only 64 bits, so never for a secret
   */
  public static SeededRandom ofInsecureNumber(long seed) {
    byte[] bytes = new byte[SEED_BYTES];
    Bytes.LONGS.set(bytes, 0, seed);
    return new SeededRandom(bytes);
  }

  @Override
  public void fill(byte[] destination, int offset, int length) {
    int taken = Math.min(length, BUFFER - position);
    System.arraycopy(buffer, position, destination, offset, taken);
    Arrays.fill(buffer, position, position + taken, (byte) 0);
    position += taken;
    int done = taken;
    // Long requests go straight to their place; what a short one leaves over is kept.
    while (length - done >= BUFFER) {
      int part = Math.min((length - done) / BUFFER * BUFFER, ZEROS.length);
      keystream(destination, offset + done, part);
      done += part;
    }
    if (done < length) {
      keystream(buffer, 0, BUFFER);
      position = length - done;
      System.arraycopy(buffer, 0, destination, offset + done, position);
      Arrays.fill(buffer, 0, position, (byte) 0);
    }
  }

  /** The same words as by default, through a buffer that stays. */
  @Override
  public void fill(long[] destination) {
    if (words.length == 0) {
      words = new byte[WORDS];
    }
    for (int done = 0; done < destination.length; ) {
      int count = Math.min(WORDS / Long.BYTES, destination.length - done);
      fill(words, 0, Long.BYTES * count);
      for (int i = 0; i < count; i++) {
        destination[done++] = (long) Bytes.LONGS.get(words, Long.BYTES * i);
      }
      Arrays.fill(words, 0, Long.BYTES * count, (byte) 0);
    }
  }

  private void keystream(byte[] destination, int offset, int length) {
    try {
      stream.update(ZEROS, 0, length, destination, offset);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the destination has room", e);
    }
  }

  @Override
  public RandomSource fork(String label) {
    byte[] seed = forkSeed(label);
    SeededRandom fork = new SeededRandom(seed);
    Arrays.fill(seed, (byte) 0);
    return fork;
  }

  /** The seed of a fork, which counts as forked from now on. */
  byte[] forkSeed(String label) {
    if (!labels.add(label)) {
      throw new IllegalArgumentException("expected a fresh label, got \"" + label + "\" again");
    }
    derivation.update((byte) 1);
    return derivation.doFinal(label.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SeededRandom";
  }
}
