package org.secolab.mpcgc.ot;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/** Two group elements or two ciphertexts for each of 128 base transfers. */
public final class BaseOtMessage implements Message {
  private static final int CIPHERTEXT_BYTES = 768;

  /** The receiver's elements. */
  public static final MessageType<BaseOtMessage> ELEMENTS =
      new MessageType<>(0x0200, "base-transfer-keys", "OT base 1", BaseOtMessage::readElements);

  /** The sender's ciphertexts. */
  public static final MessageType<BaseOtMessage> CIPHERTEXTS =
      new MessageType<>(
          0x0201,
          "base-transfer-ciphertexts",
          "OT base 2",
          in -> new BaseOtMessage(parts(in, CIPHERTEXT_BYTES)));

  private final List<byte[]> parts;

  BaseOtMessage(List<byte[]> parts) {
    if (parts.size() != 2 * SeedPairs.COUNT) {
      throw new IllegalArgumentException(
          "expected " + 2 * SeedPairs.COUNT + " parts, got " + parts.size());
    }
    this.parts = List.copyOf(parts);
  }

  private static BaseOtMessage readElements(WireReader in) throws MalformedMessageException {
    List<byte[]> elements = parts(in, KeyGroup.BYTES);
    for (byte[] element : elements) {
      KeyGroup.requireElement(element);
    }
    return new BaseOtMessage(elements);
  }

  private static List<byte[]> parts(WireReader in, int bytes) throws MalformedMessageException {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < 2 * SeedPairs.COUNT; i++) {
      parts.add(in.bytes(bytes));
    }
    return parts;
  }

  /** The bytes of a message of {@link #ELEMENTS}. */
  public static long elementBytes() {
    return 2L * SeedPairs.COUNT * KeyGroup.BYTES;
  }

  /** The bytes of a message of {@link #CIPHERTEXTS}. */
  public static long ciphertextBytes() {
    return 2L * SeedPairs.COUNT * CIPHERTEXT_BYTES;
  }

  byte[] part(int index) {
    return parts.get(index);
  }

  @Override
  public void writeTo(WireWriter out) {
    parts.forEach(out::bytes);
  }

  @Override
  public String shape() {
    return parts.size() + " parts of " + parts.getFirst().length + " bytes";
  }
}
