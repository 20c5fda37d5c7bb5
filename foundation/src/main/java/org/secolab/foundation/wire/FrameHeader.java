package org.secolab.foundation.wire;

import org.secolab.foundation.party.SessionId;

/**
 * What stands before every message on the wire: {@value #BYTES} bytes.
 *
 * @param type the code of the {@link MessageType}
 * @param session the run it belongs to
 * @param round how many messages went over this directed link before it
 * @param sender the sender's position in the roster of the run
 * @param length bytes of the payload
 */
public record FrameHeader(int type, SessionId session, int round, int sender, int length) {
  /** Bytes of a header: magic 4, version 1, sender 1, type 2, session 16, round 4, length 4. */
  public static final int BYTES = 32;

  private static final int MAGIC = 0x4f434553; // "SECO"
  private static final int VERSION = 1;

  /** Appends the header. */
  public void writeTo(WireWriter out) {
    out.i32(MAGIC).u8(VERSION).u8(sender).u16(type);
    out.i64(session.high()).i64(session.low()).i32(round).i32(length);
  }

  /** Reads a header and checks magic, version and that the stated length is what follows. */
  public static FrameHeader read(WireReader in) throws MalformedMessageException {
    int magic = in.i32();
    int version = in.u8();
    if (magic != MAGIC || version != VERSION) {
      throw new MalformedMessageException("expected a SECO Lab frame of version " + VERSION);
    }
    int sender = in.u8();
    int type = in.u16();
    SessionId session = new SessionId(in.i64(), in.i64());
    int round = in.i32();
    int length = in.i32();
    if (length != in.remaining()) {
      throw new MalformedMessageException(
          "expected a payload of "
              + Integer.toUnsignedString(length)
              + " bytes, got "
              + in.remaining());
    }
    return new FrameHeader(type, session, round, sender, length);
  }
}
