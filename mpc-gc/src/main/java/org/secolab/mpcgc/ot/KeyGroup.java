package org.secolab.mpcgc.ot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.wire.MalformedMessageException;

/**
 * The additive group that the encapsulation keys of ML-KEM-512 live in: 512 coefficients modulo
 * 3329, added coefficient by coefficient, and 32 bytes of matrix seed, added by exclusive or.
 */
final class KeyGroup {
  /** Bytes of an element: 12 bits per coefficient, then the seed. */
  static final int BYTES = 800;

  private static final int MODULUS = 3329;
  private static final int COEFFICIENTS = 512;
  private static final int SEED_BYTES = 32;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private KeyGroup() {}

  /** A uniform element. */
  static byte[] random(RandomSource random) {
    return uniform(random::fill);
  }

  /**
   * The hash of an element into the group, as a random oracle: SHA-256 in counter mode.
   *
   * @param name of the transfers, as a digest, and
   * @param transfer the number of this one: hashed along
   */
  static byte[] hash(byte[] name, int transfer, byte[] element) {
    MessageDigest sha = sha256();
    sha.update(name);
    byte[] seed =
        sha.digest(
            ByteBuffer.allocate(8 + BYTES).putInt(0x4d52).putInt(transfer).put(element).array());
    int[] counter = {0};
    return uniform(
        bytes -> {
          for (int at = 0; at < bytes.length; at += 32) {
            sha.update(seed);
            byte[] block = sha.digest(ByteBuffer.allocate(4).putInt(0, counter[0]++).array());
            System.arraycopy(block, 0, bytes, at, Math.min(32, bytes.length - at));
          }
        });
  }

  private interface Filler {
    void fill(byte[] bytes);
  }

  /** Coefficients by rejection from 12-bit candidates, then the seed. */
  private static byte[] uniform(Filler filler) {
    short[] coefficients = new short[COEFFICIENTS];
    byte[] candidates = new byte[384];
    int found = 0;
    while (found < COEFFICIENTS) {
      filler.fill(candidates);
      for (int i = 0; i < 256 && found < COEFFICIENTS; i++) {
        int candidate = twelveBits(candidates, i);
        if (candidate < MODULUS) {
          coefficients[found++] = (short) candidate;
        }
      }
    }
    byte[] seed = new byte[SEED_BYTES];
    filler.fill(seed);
    return encode(coefficients, seed);
  }

  /** {@code a} + {@code b}. */
  static byte[] add(byte[] a, byte[] b) {
    return combine(a, b, 1);
  }

  /** {@code a} − {@code b}. */
  static byte[] subtract(byte[] a, byte[] b) {
    return combine(a, b, MODULUS - 1);
  }

  private static byte[] combine(byte[] a, byte[] b, int factor) {
    short[] coefficients = new short[COEFFICIENTS];
    for (int i = 0; i < COEFFICIENTS; i++) {
      coefficients[i] = (short) ((twelveBits(a, i) + factor * twelveBits(b, i)) % MODULUS);
    }
    byte[] seed = new byte[SEED_BYTES];
    for (int i = 0; i < SEED_BYTES; i++) {
      seed[i] = (byte) (a[BYTES - SEED_BYTES + i] ^ b[BYTES - SEED_BYTES + i]);
    }
    return encode(coefficients, seed);
  }

  /** Refuses bytes that are no element. */
  static void requireElement(byte[] bytes) throws MalformedMessageException {
    for (int i = 0; i < COEFFICIENTS; i++) {
      int coefficient = twelveBits(bytes, i);
      if (coefficient >= MODULUS) {
        throw new MalformedMessageException(
            "expected coefficients below " + MODULUS + ", got " + coefficient);
      }
    }
  }

  private static int twelveBits(byte[] bytes, int index) {
    int at = index / 2 * 3;
    int pair = (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8) | ((bytes[at + 2] & 0xff) << 16);
    return pair >>> (12 * (index & 1)) & 0xfff;
  }

  private static byte[] encode(short[] coefficients, byte[] seed) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < COEFFICIENTS; i += 2) {
      int pair = coefficients[i] | (coefficients[i + 1] << 12);
      int at = i / 2 * 3;
      bytes[at] = (byte) pair;
      bytes[at + 1] = (byte) (pair >>> 8);
      bytes[at + 2] = (byte) (pair >>> 16);
    }
    System.arraycopy(seed, 0, bytes, BYTES - SEED_BYTES, SEED_BYTES);
    return bytes;
  }

  /** {@code ifOne} where {@code bit} is 1, {@code ifZero} where it is 0, without a branch. */
  static byte[] select(long bit, byte[] ifOne, byte[] ifZero) {
    byte[] selected = new byte[BYTES];
    int mask = (int) -bit;
    for (int i = 0; i < BYTES; i += 4) {
      int zero = (int) INTS.get(ifZero, i);
      INTS.set(selected, i, zero ^ (mask & (zero ^ (int) INTS.get(ifOne, i))));
    }
    return selected;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
