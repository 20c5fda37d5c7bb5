package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.RlweParameters;

/**
 * Some ciphertexts in an order both sides know, such as the encrypted parts of a mask.
 *
 * @param ciphertexts as many as the receiver expects
 */
public record CiphertextBatch(List<Ciphertext> ciphertexts) implements Message {
  public CiphertextBatch {
    ciphertexts = List.copyOf(ciphertexts);
  }

  /**
   * How exactly {@code count} ciphertexts are read; the rest is for the protocol that sends them to
   * say.
   */
  public static MessageType<CiphertextBatch> type(
      int code, String name, String step, RlweParameters parameters, int count) {
    return new MessageType<>(
        code,
        name,
        step,
        in -> {
          List<Ciphertext> ciphertexts = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            ciphertexts.add(Ciphertext.read(in, parameters));
          }
          return new CiphertextBatch(ciphertexts);
        });
  }

  @Override
  public void writeTo(WireWriter out) {
    ciphertexts.forEach(ciphertext -> ciphertext.writeTo(out));
  }

  @Override
  public String shape() {
    return ciphertexts.size() + " ciphertexts, " + ciphertexts.getFirst().c0().shape();
  }
}
