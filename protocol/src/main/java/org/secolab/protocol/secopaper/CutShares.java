package org.secolab.protocol.secopaper;

import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;

/**
 * The user's mask of the tensor at the cut as additive shares of the servers: needed only where
 * that tensor goes another way than through the convolution behind the cut, a pool or a shortcut,
 * of which the paper says nothing.
 */
final class CutShares {
  private final Session session;
  private final BfvParameters parameters;
  private final DensePacking packing;

  CutShares(Session session, BfvParameters parameters, int size) {
    this.session = session;
    this.parameters = parameters;
    this.packing = new DensePacking(size, parameters.degree());
  }

  private MessageType<CiphertextBatch> userType() {
    return CiphertextBatch.type(
        MessageCodes.USER_MASK,
        "transition-mask",
        "Preprocessing, transition",
        parameters.rlwe(),
        packing.polynomials());
  }

  private MaskedOpening opening() {
    return new MaskedOpening(session, parameters, packing.positions());
  }

  /** The user's side. */
  void user(BfvEncryptor collective, long[] mask, RandomSource random)
      throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(
            userType(),
            List.of(Roles.A),
            new CiphertextBatch(ServerKeys.encrypt(collective, packing.pack(mask), random))));
  }

  /** A's side: r less the shares of B and C. */
  long[] gateway(ServerKeys keys) throws ProtocolAbortException {
    CiphertextBatch user =
        session
            .exchange(PlainRound.receive(userType(), List.of(SplitPlan.USER)))
            .from(SplitPlan.USER);
    return packing.unpack(opening().gateway(keys, user.ciphertexts()));
  }

  /** The side of B and C: a uniform share. */
  long[] remote(ServerKeys keys, Modulus modulus, RandomSource random)
      throws ProtocolAbortException {
    return packing.unpack(opening().remote(keys, modulus, random));
  }
}
