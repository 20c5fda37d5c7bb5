package org.secolab.foundation.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.secolab.foundation.party.SessionId;

final class WireProperties {
  @Property(tries = 500)
  void packed_isTheBigIntegerOfItsValues(
      @ForAll @Size(max = 40) long[] values, @ForAll @IntRange(min = 1, max = 64) int bits)
      throws MalformedMessageException {
    byte[] bytes = new WireWriter(0).packed(values, 0, values.length, bits).toByteArray();
    BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    BigInteger expected = BigInteger.ZERO;
    for (int i = values.length - 1; i >= 0; i--) {
      expected = expected.shiftLeft(bits).or(BigInteger.valueOf(values[i]).and(mask));
    }
    byte[] bigEndian = new byte[bytes.length + 1];
    for (int i = 0; i < bytes.length; i++) {
      bigEndian[bytes.length - i] = bytes[i];
    }
    assertEquals(expected, new BigInteger(bigEndian));
    assertEquals(WireWriter.packedBytes(values.length, bits), bytes.length);

    WireReader in = new WireReader(bytes);
    long[] read = in.packed(values.length, bits);
    in.end();
    for (int i = 0; i < values.length; i++) {
      assertEquals(bits == 64 ? values[i] : values[i] & ((1L << bits) - 1), read[i]);
    }
  }

  @Property(tries = 200)
  void fields_comeBackInOrder(
      @ForAll byte a,
      @ForAll short b,
      @ForAll int c,
      @ForAll long d,
      @ForAll @Size(max = 30) long[] words,
      @ForAll String text)
      throws MalformedMessageException {
    String valid = text.replaceAll("\\p{Cs}", "");
    byte[] bytes =
        new WireWriter(1)
            .u8(a)
            .u16(b)
            .i32(c)
            .text(valid)
            .i64(d)
            .words(words, 0, words.length)
            .toByteArray();
    WireReader in = new WireReader(bytes);
    assertEquals(a & 0xff, in.u8());
    assertEquals(b & 0xffff, in.u16());
    assertEquals(c, in.i32());
    assertEquals(valid, in.text());
    assertEquals(d, in.i64());
    assertArrayEquals(words, in.words(words.length));
    in.end();
  }

  @Property(tries = 100)
  void manyWords_areTheSameBytesAsOneAfterTheOther(
      @ForAll @Size(max = 70) long[] words, @ForAll @IntRange(max = 9) int before)
      throws MalformedMessageException {
    int from = words.length / 3;
    WireWriter many = new WireWriter(0).bytes(new byte[before]);
    WireWriter single = new WireWriter(0).bytes(new byte[before]);
    many.words(words, from, words.length - from);
    for (int i = from; i < words.length; i++) {
      single.i64(words[i]);
    }
    assertArrayEquals(single.toByteArray(), many.toByteArray());
    WireReader in = new WireReader(many.toByteArray());
    in.bytes(before);
    assertArrayEquals(
        java.util.Arrays.copyOfRange(words, from, words.length), in.words(words.length - from));
  }

  @Property(tries = 50)
  void roomInFront_isFilledInLaterAndLargeArraysAreWrittenOnce(
      @ForAll @IntRange(max = 2000) int length, @ForAll @IntRange(min = 8, max = 40) int reserved) {
    long[] words = new long[length];
    java.util.Arrays.fill(words, -1);
    WireWriter out = WireWriter.behind(reserved).words(words, 0, length);
    byte[] bytes = out.take();
    assertEquals(reserved + 8 * length, bytes.length);
    if (length > 100) {
      assertSame(bytes, out.take(), "a second copy would be another array");
    }
    WireWriter.over(bytes).i64(5);
    byte[] expected =
        new WireWriter(0)
            .i64(5)
            .bytes(new byte[reserved - 8])
            .words(words, 0, length)
            .toByteArray();
    assertArrayEquals(expected, bytes);
  }

  @Property(tries = 300)
  void truncatedOrLongerFrames_areRefused(
      @ForAll @IntRange(min = 0, max = 60) int cut, @ForAll long session) {
    WireWriter out = new WireWriter(0);
    new FrameHeader(0x101, new SessionId(session, 5), 3, 1, 20).writeTo(out);
    byte[] frame = out.bytes(new byte[20]).toByteArray();
    assertEquals(FrameHeader.BYTES + 20, frame.length);
    if (cut != frame.length) {
      byte[] wrong = java.util.Arrays.copyOf(frame, cut);
      assertThrows(MalformedMessageException.class, () -> FrameHeader.read(new WireReader(wrong)));
    }
  }

  @Property(tries = 100)
  void countsBeyondTheMessage_areRefusedBeforeAllocation(@ForAll int count) {
    WireReader in = new WireReader(new WireWriter(0).i32(count).bytes(new byte[64]).toByteArray());
    if (count < 0 || count > 8) {
      assertThrows(MalformedMessageException.class, () -> in.count(8));
    }
    WireReader packed = new WireReader(new byte[8]);
    if (count < 0 || count > 8) {
      assertThrows(MalformedMessageException.class, () -> packed.packed(count, 8));
    }
  }

  @Property(tries = 50)
  void setFillingBits_areRefused(@ForAll @IntRange(min = 4, max = 7) int bit) {
    byte[] bytes = {(byte) (1 << bit)};
    assertThrows(MalformedMessageException.class, () -> new WireReader(bytes).packed(1, 4));
  }
}
