package org.secolab.lattice.mhe;

import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.RlweParameters;

/**
 * One key holder's part of a collective public key.
 *
 * @param p0 p_{0,i} = −(p_1·s_i + e_i)
 */
public record PublicKeyShare(RnsPolynomial p0) implements Message {
  public PublicKeyShare {
    p0.expect(Domain.EVALUATION);
  }

  /** How it is read. */
  public static MessageType<PublicKeyShare> type(RlweParameters parameters) {
    return new MessageType<>(
        0x0101,
        "public-key-share",
        "Setup 1",
        in -> new PublicKeyShare(RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION)));
  }

  @Override
  public void writeTo(WireWriter out) {
    p0.writeTo(out);
  }

  @Override
  public String shape() {
    return "polynomial, " + p0.shape();
  }
}
