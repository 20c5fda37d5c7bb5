package org.secolab.protocol.cut;

import java.util.Collection;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.linear.Residues;

/** The masked tensors that are sent as they are: input, tensor at the cut, output of layer L. */
public enum MaskedTensors {
  /** User to gateway: x_1 − r_1. */
  INPUT("masked-input"),
  /** Gateway to remote servers: x_{c+1} − r_{c+1}. */
  CUT("masked-cut"),
  /** Gateway to user, if no layer is remote: its share of the result. */
  RESULT("result-share");

  private final String label;

  MaskedTensors(String label) {
    this.label = label;
  }

  private MessageType<Residues> type(int size, Modulus modulus) {
    return Residues.type(MessageCodes.MASKED_TENSOR, label, "Online", size, modulus);
  }

  public void send(Session session, Collection<PartyId> receivers, long[] values, Modulus modulus)
      throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(type(values.length, modulus), receivers, new Residues(values, modulus)));
  }

  long[] receive(Session session, PartyId sender, int size, Modulus modulus)
      throws ProtocolAbortException {
    return session
        .exchange(PlainRound.receive(type(size, modulus), List.of(sender)))
        .from(sender)
        .values();
  }
}
