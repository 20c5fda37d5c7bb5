package org.secolab.foundation.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link WireWriter} wrote, from bytes that nobody vouches for: every length is checked
 * against what is left before anything is allocated.
 */
public final class WireReader {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int limit;
  private int position;

  /** Reads all of {@code bytes}, which must not change meanwhile. */
  public WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads {@code length} bytes from {@code offset} on. */
  public WireReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.limit = offset + length;
  }

  /** The number of bytes not yet read. */
  public int remaining() {
    return limit - position;
  }

  /** An unsigned 8-bit number. */
  public int u8() throws MalformedMessageException {
    return bytes[take(1)] & 0xff;
  }

  /** An unsigned 16-bit number. */
  public int u16() throws MalformedMessageException {
    return (short) SHORTS.get(bytes, take(2)) & 0xffff;
  }

  /** A 32-bit number. */
  public int i32() throws MalformedMessageException {
    return (int) INTS.get(bytes, take(4));
  }

  /** A 64-bit number. */
  public long i64() throws MalformedMessageException {
    return (long) LONGS.get(bytes, take(8));
  }

  /** The next {@code length} bytes. */
  public byte[] bytes(int length) throws MalformedMessageException {
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** A text with a length of 16 bits before it. */
  public String text() throws MalformedMessageException {
    return new String(bytes(u16()), StandardCharsets.UTF_8);
  }

  /** The next {@code length} 64-bit words. */
  public long[] words(int length) throws MalformedMessageException {
    int from = take(8L * length);
    long[] words = new long[length];
    copy(from, words, length);
    return words;
  }

  /** The next {@code length} 64-bit words, to the front of {@code target}. */
  public void words(long[] target, int length) throws MalformedMessageException {
    copy(take(8L * length), target, length);
  }

  private void copy(int from, long[] target, int length) {
    MemorySegment.copy(
        MemorySegment.ofArray(bytes),
        WireWriter.WORDS,
        from,
        MemorySegment.ofArray(target),
        ValueLayout.JAVA_LONG,
        0,
        length);
  }

  /**
   * {@code length} values of {@code bits} bits each, as {@link WireWriter#packed} wrote them.
   *
   * @throws MalformedMessageException also if a bit of the filling is set
   */
  public long[] packed(int length, int bits) throws MalformedMessageException {
    if (length < 0) {
      throw new MalformedMessageException("expected a count, got " + length);
    }
    int size = WireWriter.packedBytes(length, bits);
    int at = take(size);
    int end = at + size;
    long mask = bits == 64 ? -1 : (1L << bits) - 1;
    long[] values = new long[length];
    long pending = 0;
    int filled = 0;
    for (int i = 0; i < length; i++) {
      long value = pending;
      int have = filled;
      if (have < bits) {
        int fresh = Math.min(8, end - at);
        long next = 0;
        if (fresh == 8) {
          next = (long) LONGS.get(bytes, at);
        } else {
          for (int b = 0; b < fresh; b++) {
            next |= (bytes[at + b] & 0xffL) << (8 * b);
          }
        }
        at += fresh;
        value |= next << have;
        int used = bits - have;
        pending = used == 64 ? 0 : next >>> used;
        filled = 8 * fresh - used;
      } else {
        pending >>>= bits;
        filled -= bits;
      }
      values[i] = value & mask;
    }
    if (pending != 0) {
      throw new MalformedMessageException("expected zeros behind the last packed value");
    }
    return values;
  }

  /**
   * A count of things of at least {@code bytesEach} bytes that follow.
   *
   * @throws MalformedMessageException if fewer bytes are left than that many things need
   */
  public int count(int bytesEach) throws MalformedMessageException {
    int count = i32();
    if (count < 0 || (long) count * bytesEach > remaining()) {
      throw new MalformedMessageException(
          "expected at most "
              + remaining() / Math.max(1, bytesEach)
              + " items, got "
              + Integer.toUnsignedString(count));
    }
    return count;
  }

  /** Refuses bytes behind the end of a message. */
  public void end() throws MalformedMessageException {
    if (remaining() != 0) {
      throw new MalformedMessageException(
          "expected the end of the message, got " + remaining() + " more bytes");
    }
  }

  private int take(long count) throws MalformedMessageException {
    if (count < 0 || count > remaining()) {
      throw new MalformedMessageException("expected " + count + " more bytes, got " + remaining());
    }
    int from = position;
    position += (int) count;
    return from;
  }
}
