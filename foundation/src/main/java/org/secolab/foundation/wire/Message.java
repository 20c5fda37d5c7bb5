package org.secolab.foundation.wire;

/**
 * What one party tells another. A message checks itself when it is built, so a wrong one cannot
 * exist; it is immutable by contract: nobody writes to an array once it is inside a message.
 */
public interface Message {
  /** Appends this message's bytes; {@link MessageType#read} is the inverse. */
  void writeTo(WireWriter out);

  /**
   * What it consists of, such as {@code 10 residues of 28 bits}: kinds, counts and widths that
   * follow from its length, never a value. Empty if there is nothing to say.
   */
  default String shape() {
    return "";
  }
}
