package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.linear.SelectedCiphertexts;

/**
 * From ciphertexts that A has to additive shares: B and C send Enc(s^j), A subtracts them,
 * publishes c_1 to B and C, and is helped to decrypt. A gets m − s^2 − s^3.
 *
 * <p>s^j is uniform in every coefficient, so that what stands beside the values, sums of cross
 * terms, is hidden as well. As printed, B and C take the c_1 that A sends on trust: a share for
 * another ciphertext would decrypt that one. Semi-honest parties do not do this; the default
 * protocol excludes it.
 */
final class MaskedOpening {
  private final Session session;
  private final BfvParameters parameters;
  private final List<BitSet> positions;

  /**
   * @param positions the coefficients of each ciphertext that A is to learn
   */
  MaskedOpening(Session session, BfvParameters parameters, List<BitSet> positions) {
    this.session = session;
    this.parameters = parameters;
    this.positions = positions;
  }

  private MessageType<CiphertextBatch> outputMaskType() {
    return CiphertextBatch.type(
        MessageCodes.OUTPUT_MASK,
        "encrypted-output-mask",
        "Setup 2",
        parameters.rlwe(),
        positions.size());
  }

  private MessageType<PolynomialBatch> secondType() {
    return PolynomialBatch.type(
        MessageCodes.PRODUCT_C1, "product-c1", "Setup 2", parameters.rlwe(), positions.size());
  }

  /** The sum over all senders, ciphertext by ciphertext. */
  static List<Ciphertext> sum(BfvParameters parameters, Inbox<CiphertextBatch> batches) {
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    List<Ciphertext> sums = new ArrayList<>();
    for (CiphertextBatch batch : batches.messages().values()) {
      for (int i = 0; i < batch.ciphertexts().size(); i++) {
        Ciphertext next = batch.ciphertexts().get(i);
        if (sums.size() == i) {
          sums.add(next);
        } else {
          sums.set(i, evaluator.add(sums.get(i), next));
        }
      }
    }
    return sums;
  }

  /** A's side: the plaintext polynomials less all s^j. */
  List<long[]> gateway(ServerKeys keys, List<Ciphertext> ciphertexts)
      throws ProtocolAbortException {
    List<Ciphertext> pads =
        sum(parameters, session.exchange(PlainRound.receive(outputMaskType(), Roles.REMOTES)));
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    List<Ciphertext> masked = new ArrayList<>();
    for (int i = 0; i < pads.size(); i++) {
      masked.add(evaluator.subtract(ciphertexts.get(i), pads.get(i)));
    }
    SelectedCiphertexts result = SelectedCiphertexts.of(parameters, masked, positions);
    session.exchange(
        PlainRound.send(secondType(), Roles.REMOTES, new PolynomialBatch(result.c1())));
    return session.exchange(
        CollectiveDecryption.receive(
            parameters, result.c0(), result.c1(), keys.ownShare(), Set.copyOf(Roles.REMOTES)));
  }

  /** The side of B and C: the polynomials of s^j. */
  List<long[]> remote(ServerKeys keys, Modulus modulus, RandomSource random)
      throws ProtocolAbortException {
    List<long[]> pads = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      pads.add(UniformResidues.draw(parameters.degree(), modulus, random));
    }
    session.exchange(
        PlainRound.send(
            outputMaskType(),
            List.of(Roles.A),
            new CiphertextBatch(keys.encrypt(pads, random.fork("output mask")))));
    List<RnsPolynomial> second =
        session
            .exchange(PlainRound.receive(secondType(), List.of(Roles.A)))
            .from(Roles.A)
            .polynomials();
    session.exchange(
        CollectiveDecryption.share(
            parameters,
            second,
            positions,
            keys.ownShare(),
            Roles.A,
            keys.flooding(),
            random.fork("share")));
    return pads;
  }
}
