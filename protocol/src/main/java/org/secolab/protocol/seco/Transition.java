package org.secolab.protocol.seco;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;
import org.secolab.protocol.linear.SelectedCiphertexts;
import org.secolab.protocol.linear.Tensors;

/**
 * Preprocessing at the cut: from the user's mask to the servers' masks.
 *
 * <p>The tensor at the cut (or all that cross it, end to end) is masked by the user's r_u; the
 * layers behind it were prepared for r' = Σ r^p. The user sends Enc(r_u) densely, so it learns
 * nothing of the layers behind but what they read from before; the remote servers add Enc(−r^j),
 * and the gateway learns δ = r_u − r', one more uniform value for every coalition. Online x − r_u +
 * δ = x − r'.
 */
final class Transition {
  private final Session session;
  private final BfvParameters parameters;
  private final DensePacking packing;

  Transition(Session session, BfvParameters parameters, int size) {
    this.session = session;
    this.parameters = parameters;
    this.packing = new DensePacking(size, parameters.degree());
  }

  /** The user's side, for its program. */
  static UserProgram.CutMask ofUser(SecoPlan plan, Session session) {
    return new Transition(session, plan.remote().choice().parameters(), plan.cutSize())::user;
  }

  private MessageType<CiphertextBatch> userType() {
    return CiphertextBatch.type(
        MessageCodes.TRANSITION_MASK,
        "transition-mask",
        "Preprocessing, transition",
        parameters.rlwe(),
        packing.polynomials());
  }

  private MessageType<SelectedCiphertexts> maskType() {
    return SelectedCiphertexts.type(
        MessageCodes.TRANSITION_MASK,
        "transition-mask",
        "Preprocessing, transition",
        packing.positions(),
        parameters);
  }

  private MessageType<PolynomialBatch> secondType() {
    return PolynomialBatch.type(
        MessageCodes.TRANSITION_C1,
        "transition-c1",
        "Preprocessing, transition",
        parameters.rlwe(),
        packing.polynomials());
  }

  /** The user's side: sends the encrypted mask r_u. */
  void user(BfvEncryptor collective, long[] mask, RandomSource random)
      throws ProtocolAbortException {
    List<Ciphertext> encrypted = ServerKeys.encrypt(collective, packing.pack(mask), random);
    session.exchange(
        PlainRound.send(userType(), List.of(SplitPlan.GATEWAY), new CiphertextBatch(encrypted)));
  }

  /**
   * The gateway's side.
   *
   * @param mask r^A
   * @return δ
   */
  long[] gateway(ServerKeys keys, long[] mask, Modulus modulus) throws ProtocolAbortException {
    List<PartyId> remotes = keys.remotes();
    CiphertextBatch user =
        session
            .exchange(PlainRound.receive(userType(), List.of(SplitPlan.USER)))
            .from(SplitPlan.USER);
    SelectedCiphertexts first =
        SelectedCiphertexts.of(parameters, user.ciphertexts(), packing.positions());
    session.exchange(PlainRound.send(secondType(), remotes, new PolynomialBatch(first.c1())));

    List<SelectedCiphertexts> all = new ArrayList<>(List.of(first));
    all.addAll(session.exchange(PlainRound.receive(maskType(), remotes)).messages().values());
    long[] opened =
        packing.unpack(CollectiveOpening.receive(session, keys, SelectedCiphertexts.sum(all)));
    return Tensors.subtract(opened, mask, modulus);
  }

  /**
   * A remote server's side.
   *
   * @param mask r^j
   */
  void remote(ServerKeys keys, long[] mask, Modulus modulus, RandomSource random)
      throws ProtocolAbortException {
    List<PartyId> senders = new ArrayList<>(keys.otherRemotes(session.self()));
    senders.add(SplitPlan.GATEWAY);
    List<Ciphertext> encrypted =
        keys.encrypt(packing.pack(Tensors.negate(mask, modulus)), random.fork("mask"));
    SelectedCiphertexts own = SelectedCiphertexts.of(parameters, encrypted, packing.positions());
    session.exchange(PlainRound.send(maskType(), List.of(SplitPlan.GATEWAY), own));
    CollectiveOpening.share(
        session, keys, own, secondType(), senders, packing.positions(), random.fork("share"));
  }
}
