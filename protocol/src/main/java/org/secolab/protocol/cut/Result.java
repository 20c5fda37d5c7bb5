package org.secolab.protocol.cut;

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
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;
import org.secolab.protocol.linear.SelectedCiphertexts;

/**
 * The result's way to the user: every server encrypts its share of the output under the user's key,
 * the gateway adds them up and passes the sum on. The noise the user finds is that of fresh
 * encryptions, which tells nothing about the summands.
 */
public final class Result {
  private final Session session;
  private final BfvParameters parameters;
  private final DensePacking packing;

  Result(Session session, BfvParameters parameters, int size) {
    this.session = session;
    this.parameters = parameters;
    this.packing = new DensePacking(size, parameters.degree());
  }

  private MessageType<SelectedCiphertexts> type(int code, String name) {
    return SelectedCiphertexts.type(code, name, "Result", packing.positions(), parameters);
  }

  private MessageType<SelectedCiphertexts> shareType() {
    return type(MessageCodes.OUTPUT_SHARE, "output-share");
  }

  private MessageType<SelectedCiphertexts> resultType() {
    return type(MessageCodes.ENCRYPTED_RESULT, "encrypted-result");
  }

  private SelectedCiphertexts encrypt(BfvEncryptor user, long[] share, RandomSource random) {
    return SelectedCiphertexts.of(
        parameters, ServerKeys.encrypt(user, packing.pack(share), random), packing.positions());
  }

  /** A remote server's side. */
  void remote(BfvEncryptor user, long[] share, RandomSource random) throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(shareType(), List.of(SplitPlan.GATEWAY), encrypt(user, share, random)));
  }

  /** The gateway's side. */
  void gateway(BfvEncryptor user, long[] share, List<PartyId> remotes, RandomSource random)
      throws ProtocolAbortException {
    List<SelectedCiphertexts> all = new ArrayList<>(List.of(encrypt(user, share, random)));
    all.addAll(session.exchange(PlainRound.receive(shareType(), remotes)).messages().values());
    session.exchange(
        PlainRound.send(resultType(), List.of(SplitPlan.USER), SelectedCiphertexts.sum(all)));
  }

  /** The user's side: the output. */
  long[] user(SecretKey secretKey) throws ProtocolAbortException {
    SelectedCiphertexts sum =
        session
            .exchange(PlainRound.receive(resultType(), List.of(SplitPlan.GATEWAY)))
            .from(SplitPlan.GATEWAY);
    return packing.unpack(GatewayProduct.open(session, parameters, secretKey, sum));
  }
}
