package org.secolab.protocol.linear;

import java.util.Arrays;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.modelio.fixed.Modulus;

/** A tensor of residues modulo t on the wire: as many bits each as t needs, no length. */
public final class Residues implements Message {
  private final long[] values;
  private final int bits;

  /** Takes ownership of {@code values}, which are residues modulo {@code modulus}. */
  public Residues(long[] values, Modulus modulus) {
    this.values = values;
    this.bits = modulus.bits();
  }

  /** The values themselves, not a copy. */
  public long[] values() {
    return values;
  }

  @Override
  public void writeTo(WireWriter out) {
    out.packed(values, 0, values.length, bits);
  }

  @Override
  public String shape() {
    return values.length + " residues of " + bits + " bits";
  }

  /** A message type for exactly {@code count} residues. */
  public static MessageType<Residues> type(
      int code, String name, String step, int count, Modulus modulus) {
    return new MessageType<>(
        code,
        name,
        step,
        in -> {
          long[] values = in.packed(count, modulus.bits());
          if (Arrays.stream(values).anyMatch(value -> value >= modulus.value())) {
            throw new MalformedMessageException("expected residues modulo " + modulus);
          }
          return new Residues(values, modulus);
        });
  }
}
