package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.PackedConvolution;

/**
 * Setup 2: a convolution with encrypted weights on an encrypted mask.
 *
 * <p>Once, B and C send A encryptions of their weight shares F^j under the collective key; A adds
 * them up. For each inference all servers encrypt their r^p, B and C their s^j; A computes
 * ct(F)·ct(r) − ct(s) and is helped to decrypt it: E^1 = F·r − s^2 − s^3. In the layer behind the
 * cut ct(r) comes from the user instead.
 */
final class EncryptedProduct {
  /** Ciphertexts in one message of weights. */
  static final int CHUNK = 16;

  private final Session session;
  private final BfvParameters parameters;
  private final PackedConvolution packed;

  EncryptedProduct(Session session, BfvParameters parameters, PackedConvolution packed) {
    this.session = session;
    this.parameters = parameters;
    this.packed = packed;
  }

  private MessageType<CiphertextBatch> type(int code, String name, String step, int count) {
    return CiphertextBatch.type(code, name, step, parameters.rlwe(), count);
  }

  private MessageType<CiphertextBatch> weightType(int count) {
    return type(MessageCodes.WEIGHTS, "encrypted-weights", "Setup 2", count);
  }

  private MessageType<CiphertextBatch> maskType() {
    return type(MessageCodes.ENCRYPTED_MASK, "encrypted-mask", "Setup 2", packed.inputs());
  }

  private MessageType<CiphertextBatch> userMaskType() {
    return type(
        MessageCodes.USER_MASK, "transition-mask", "Preprocessing, transition", packed.inputs());
  }

  /** How many ciphertexts the messages of weights have. */
  static List<Integer> chunks(int polynomials) {
    List<Integer> sizes = new ArrayList<>();
    for (int from = 0; from < polynomials; from += CHUNK) {
      sizes.add(Math.min(CHUNK, polynomials - from));
    }
    return sizes;
  }

  /**
   * Once: the side of B and C.
   *
   * @param weights F^j, residues
   */
  void sendWeights(BfvEncryptor collective, long[] weights, RandomSource random)
      throws ProtocolAbortException {
    int next = 0;
    for (int size : chunks(packed.weightPolynomials())) {
      List<Ciphertext> encrypted = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        encrypted.add(collective.encrypt(packed.weightPolynomial(next++, weights), random));
      }
      session.exchange(
          PlainRound.send(weightType(size), List.of(Roles.A), new CiphertextBatch(encrypted)));
    }
  }

  /** Once: A's side: ct(F), kept in {@code store}. */
  List<CiphertextStore.Stored> receiveWeights(CiphertextStore store) throws ProtocolAbortException {
    List<CiphertextStore.Stored> sums = new ArrayList<>();
    for (int size : chunks(packed.weightPolynomials())) {
      MaskedOpening.sum(
              parameters, session.exchange(PlainRound.receive(weightType(size), Roles.REMOTES)))
          .forEach(sum -> sums.add(store.put(sum)));
    }
    return sums;
  }

  /**
   * A's side.
   *
   * @param mask r^1, as the convolution sees it
   * @param weights ct(F)
   * @return E^1
   */
  long[] gateway(
      ServerKeys keys,
      CiphertextProducts products,
      List<CiphertextStore.Stored> weights,
      long[] mask,
      RandomSource random)
      throws ProtocolAbortException {
    List<Ciphertext> own = keys.encrypt(packed.packInput(mask), random);
    Inbox<CiphertextBatch> theirs = session.exchange(PlainRound.receive(maskType(), Roles.REMOTES));
    List<Ciphertext> masks = MaskedOpening.sum(parameters, theirs);
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    for (int i = 0; i < own.size(); i++) {
      masks.set(i, evaluator.add(masks.get(i), own.get(i)));
    }
    return open(keys, packed.multiply(weights, masks, products));
  }

  /** A's side in the layer behind the cut, where the user alone has drawn the mask. */
  long[] gatewayAtCut(
      ServerKeys keys, CiphertextProducts products, List<CiphertextStore.Stored> weights)
      throws ProtocolAbortException {
    List<Ciphertext> masks =
        session
            .exchange(PlainRound.receive(userMaskType(), List.of(SplitPlan.USER)))
            .from(SplitPlan.USER)
            .ciphertexts();
    return open(keys, packed.multiply(weights, masks, products));
  }

  /**
   * The user's side in the layer behind the cut. Packing its mask tells it that layer's shape.
   *
   * @param mask r, as the convolution sees it
   */
  void user(BfvEncryptor collective, long[] mask, RandomSource random)
      throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(
            userMaskType(),
            List.of(Roles.A),
            new CiphertextBatch(ServerKeys.encrypt(collective, packed.packInput(mask), random))));
  }

  private MaskedOpening opening() {
    return new MaskedOpening(session, parameters, packed.usedCoefficients());
  }

  private long[] open(ServerKeys keys, List<Ciphertext> products) throws ProtocolAbortException {
    return packed.gatherOutput(opening().gateway(keys, products));
  }

  /**
   * The side of B and C.
   *
   * @param mask r^j, as the convolution sees it
   * @return s^j
   */
  long[] remote(ServerKeys keys, long[] mask, Modulus modulus, RandomSource random)
      throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(
            maskType(),
            List.of(Roles.A),
            new CiphertextBatch(keys.encrypt(packed.packInput(mask), random.fork("mask")))));
    return remoteAtCut(keys, modulus, random);
  }

  /** The side of B and C in the layer behind the cut: s^j. */
  long[] remoteAtCut(ServerKeys keys, Modulus modulus, RandomSource random)
      throws ProtocolAbortException {
    return packed.gatherOutput(opening().remote(keys, modulus, random));
  }
}
