package org.secolab.protocol.linear;

import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.rlwe.PublicKey;

/**
 * A public key on the wire.
 *
 * @param key the key
 */
public record PublicKeyMessage(PublicKey key) implements Message {
  @Override
  public void writeTo(WireWriter out) {
    key.writeTo(out);
  }

  @Override
  public String shape() {
    return "public key, " + key.p0().shape();
  }

  /** How it is read. */
  public static MessageType<PublicKeyMessage> type(
      int code, String name, String step, BfvParameters parameters) {
    return new MessageType<>(
        code, name, step, in -> new PublicKeyMessage(PublicKey.read(in, parameters.rlwe())));
  }
}
