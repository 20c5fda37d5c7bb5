package org.secolab.foundation.wire;

/**
 * How one kind of message is named and read. The reader usually captures what the receiver expects
 * (ring, level, number of values), so that anything else is refused while parsing.
 *
 * @param code number on the wire; 0x0100–0x01ff lattice, 0x0200–0x02ff mpc-gc, 0x0300–0x03ff
 *     protocol
 * @param name what reports call it, such as {@code public-key-share}
 * @param step the step of the paper or design it belongs to, such as {@code Setup 1}
 * @param reader parses the payload; must consume all of it
 */
public record MessageType<M extends Message>(int code, String name, String step, Reader<M> reader) {
  public MessageType {
    if (code < 0 || code > 0xffff) {
      throw new IllegalArgumentException("expected a code of 16 bits, got " + code);
    }
  }

  /** Parses {@code payload} and refuses trailing bytes. */
  public M read(WireReader payload) throws MalformedMessageException {
    M message = reader.read(payload);
    payload.end();
    return message;
  }

  /** Reads one message's payload. */
  @FunctionalInterface
  public interface Reader<M extends Message> {
    M read(WireReader in) throws MalformedMessageException;
  }
}
