package org.secolab.foundation.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes; numbers are little-endian. {@link WireReader} reads what this writes.
 */
public final class WireWriter {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** How words of 64 bits lie among bytes. */
  static final ValueLayout.OfLong WORDS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  /** A writer that expects about {@code capacity} bytes. */
  public WireWriter(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  private WireWriter(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /** A writer that leaves {@code reserved} bytes free in front, for what is known only later. */
  public static WireWriter behind(int reserved) {
    return new WireWriter(new byte[reserved + 256], reserved);
  }

  /** A writer onto the beginning of {@code bytes}, for the room that {@link #behind} left. */
  public static WireWriter over(byte[] bytes) {
    return new WireWriter(bytes, 0);
  }

  /** The number of bytes written so far. */
  public int size() {
    return size;
  }

  /** A copy of the bytes written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** The bytes written so far, reserved ones included, not copied if possible: the last call. */
  public byte[] take() {
    return size == bytes.length ? bytes : toByteArray();
  }

  /** Overwrites what was written with zeros. */
  public void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  /** Appends the low 8 bits. */
  public WireWriter u8(int value) {
    int at = room(1);
    bytes[at] = (byte) value;
    return this;
  }

  /** Appends the low 16 bits. */
  public WireWriter u16(int value) {
    int at = room(2);
    SHORTS.set(bytes, at, (short) value);
    return this;
  }

  /** Appends 32 bits. */
  public WireWriter i32(int value) {
    int at = room(4);
    INTS.set(bytes, at, value);
    return this;
  }

  /** Appends 64 bits. */
  public WireWriter i64(long value) {
    int at = room(8);
    LONGS.set(bytes, at, value);
    return this;
  }

  /** Appends the bytes as they are, without a length. */
  public WireWriter bytes(byte[] source, int offset, int length) {
    int at = room(length);
    System.arraycopy(source, offset, bytes, at, length);
    return this;
  }

  /** Appends the bytes as they are, without a length. */
  public WireWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  /** Appends a length of 16 bits and the text in UTF-8. */
  public WireWriter text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (encoded.length > 0xffff) {
      throw new IllegalArgumentException("expected a short text, got " + encoded.length + " bytes");
    }
    return u16(encoded.length).bytes(encoded);
  }

  /** Appends whole 64-bit words, without a length. */
  public WireWriter words(long[] words, int offset, int length) {
    int at = room(Math.multiplyExact(8, length));
    MemorySegment.copy(
        MemorySegment.ofArray(words),
        ValueLayout.JAVA_LONG,
        8L * offset,
        MemorySegment.ofArray(bytes),
        WORDS,
        at,
        length);
    return this;
  }

  /**
   * Appends the low {@code bits} bits of each value, back to back and without a length, filled up
   * with zeros to a whole byte: ⌈length · bits / 8⌉ bytes.
   *
   * @param bits 1 to 64
   */
  public WireWriter packed(long[] values, int offset, int length, int bits) {
    int at = room(packedBytes(length, bits));
    long mask = bits == 64 ? -1 : (1L << bits) - 1;
    long pending = 0;
    int filled = 0;
    for (int i = 0; i < length; i++) {
      long value = values[offset + i] & mask;
      pending |= value << filled;
      if (filled + bits >= 64) {
        LONGS.set(bytes, at, pending);
        at += 8;
        int used = 64 - filled;
        pending = used == 64 ? 0 : value >>> used;
        filled = bits - used;
      } else {
        filled += bits;
      }
    }
    for (; filled > 0; filled -= 8) {
      bytes[at++] = (byte) pending;
      pending >>>= 8;
    }
    return this;
  }

  /** The number of bytes that {@code length} values of {@code bits} bits take. */
  public static int packedBytes(int length, int bits) {
    if (bits < 1 || bits > 64) {
      throw new IllegalArgumentException("expected 1 to 64 bits, got " + bits);
    }
    return Math.toIntExact(((long) length * bits + 7) / 8);
  }

  private int room(int count) {
    int at = size;
    size = Math.addExact(size, count);
    if (size > bytes.length) {
      byte[] full = bytes;
      bytes =
          Arrays.copyOf(
              full, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(size, 2L * full.length)));
      Arrays.fill(full, (byte) 0); // It may hold secrets, and wipe does not reach it any more.
    }
    return at;
  }
}
