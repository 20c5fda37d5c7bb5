package org.secolab.protocol.remote;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * What travels on a stream: a kind of one byte, then its content. A frame is cut into a {@link
 * #FRAME} with the frame's length and a first part, and as many {@link #MORE} as it takes.
 */
final class Chunks {
  /** Most bytes of a frame in one message. */
  static final int DATA_BYTES = 1 << 18;

  /** Most bytes of a message; gRPC refuses larger ones before they are read. */
  static final int MAXIMUM_BYTES = DATA_BYTES + 64;

  /** Most bytes of a frame. */
  static final int MAXIMUM_FRAME = 1 << 30;

  /** Most bytes of a reason. */
  private static final int REASON_BYTES = 1024;

  /** The first message in each direction: names the deployment. */
  static final int HELLO = 1;

  /** The length of a frame, and its beginning. */
  static final int FRAME = 2;

  /** A frame goes on. */
  static final int MORE = 3;

  /** The sender's part of the run is done. */
  static final int END = 4;

  /** The sender gives up, and why. */
  static final int ABORT = 5;

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  /** The one method of the service. */
  static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.newBuilder(BYTES, BYTES)
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName("seco.Link", "Exchange"))
          .build();

  private Chunks() {}

  static byte[] hello(byte[] deployment) {
    return new WireWriter(1 + deployment.length).u8(HELLO).bytes(deployment).toByteArray();
  }

  static byte[] end() {
    return new byte[] {END};
  }

  static byte[] abort(String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return new WireWriter(1 + REASON_BYTES)
        .u8(ABORT)
        .bytes(text, 0, Math.min(REASON_BYTES, text.length))
        .toByteArray();
  }

  /** A peer's reason as one printable line. */
  static String reason(byte[] message) {
    int end = Math.min(message.length, 1 + REASON_BYTES);
    return new String(message, 1, end - 1, StandardCharsets.UTF_8).replaceAll("\\p{C}", "?");
  }

  /** How many messages a frame takes. */
  static int count(byte[] frame) {
    return Math.max(1, Math.ceilDiv(frame.length, DATA_BYTES));
  }

  /** Message {@code index} of a frame. */
  static byte[] of(byte[] frame, int index) {
    int from = index * DATA_BYTES;
    int length = Math.min(DATA_BYTES, frame.length - from);
    WireWriter out = new WireWriter(5 + length);
    if (index == 0) {
      out.u8(FRAME).i32(frame.length);
    } else {
      out.u8(MORE);
    }
    return out.bytes(frame, from, length).toByteArray();
  }

  /** How many bytes of a frame a {@link #FRAME} or {@link #MORE} brings. */
  static int dataBytes(byte[] message) {
    return Math.max(0, message.length - (is(FRAME, message) ? 5 : 1));
  }

  /** Puts frames together again; memory grows with what has come, not with what was announced. */
  static final class Assembler {
    private final List<byte[]> pieces = new ArrayList<>();
    private int length;
    private int missing = -1;

    /**
     * Takes a {@link #FRAME} or {@link #MORE}.
     *
     * @return whether a frame is complete
     * @throws MalformedMessageException if it does not fit what came before
     */
    boolean add(byte[] message) throws MalformedMessageException {
      WireReader in = new WireReader(message);
      int kind = in.u8();
      if ((kind == FRAME) != (missing < 0)) {
        throw new MalformedMessageException("expected a frame or its continuation, got the other");
      }
      if (kind == FRAME) {
        length = in.i32();
        if (length < 1 || length > MAXIMUM_FRAME) {
          throw new MalformedMessageException(
              "expected a frame of 1 to "
                  + MAXIMUM_FRAME
                  + " bytes, got "
                  + Integer.toUnsignedString(length));
        }
        missing = length;
      }
      int bytes = in.remaining();
      if (bytes < 1 || bytes > missing) {
        throw new MalformedMessageException(
            "expected 1 to " + missing + " bytes of a frame, got " + bytes);
      }
      missing -= bytes;
      pieces.add(message);
      return missing == 0;
    }

    /** The frame that is complete; starts anew. */
    byte[] take() {
      byte[] frame = new byte[length];
      int at = 0;
      for (byte[] piece : pieces) {
        int bytes = dataBytes(piece);
        System.arraycopy(piece, piece.length - bytes, frame, at, bytes);
        at += bytes;
      }
      pieces.clear();
      missing = -1;
      return frame;
    }
  }

  /** Whether {@code message} is of this kind. */
  static boolean is(int kind, byte[] message) {
    return message.length > 0 && message[0] == kind;
  }

  /** Whether {@code message} is the greeting {@code hello}. */
  static boolean isSame(byte[] message, byte[] hello) {
    return Arrays.equals(message, hello);
  }
}
