package org.secolab.protocol.seco;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.linear.SelectedCiphertexts;
import org.secolab.protocol.linear.Tensors;

/**
 * Setup 2: a convolution with shared weights on a shared mask.
 *
 * <p>Server p holds r^p, remote server j the weights F^j. Everybody sends Enc(r^p) to the remote
 * servers; remote j forms F^j·Σ Enc(r^p) − Enc(s^j), flooded, and sends c_1 to every key holder and
 * c_0 to the gateway; all help the gateway to decrypt the sum: E^A = Σ_j F^j r − Σ_j s^j. Nobody
 * needs encrypted weights, relinearisation or rotations.
 *
 * <p>Every key holder sums the c_1 itself, so the share it gives always contains its own fresh mask
 * and cannot be turned into a decryption of something else.
 */
final class MaskedProduct {
  private final Session session;
  private final ServerKeys keys;
  private final PackedConvolution packed;

  MaskedProduct(Session session, ServerKeys keys, PackedConvolution packed) {
    this.session = session;
    this.keys = keys;
    this.packed = packed;
  }

  private MessageType<CiphertextBatch> maskType() {
    return CiphertextBatch.type(
        MessageCodes.ENCRYPTED_MASK,
        "encrypted-mask",
        "Setup 2",
        keys.parameters().rlwe(),
        packed.inputs());
  }

  private MessageType<SelectedCiphertexts> productType() {
    return SelectedCiphertexts.type(
        MessageCodes.PRODUCT, "product", "Setup 2", packed.usedCoefficients(), keys.parameters());
  }

  private MessageType<PolynomialBatch> secondType() {
    return PolynomialBatch.type(
        MessageCodes.PRODUCT_C1,
        "product-c1",
        "Setup 2",
        keys.parameters().rlwe(),
        packed.outputs());
  }

  /**
   * The gateway's side.
   *
   * @param mask r^A, as the convolution sees it
   * @return E^A, the size of the convolution's output
   */
  long[] gateway(long[] mask, RandomSource random) throws ProtocolAbortException {
    List<Ciphertext> encrypted = keys.encrypt(packed.packInput(mask), random);
    session.exchange(PlainRound.send(maskType(), keys.remotes(), new CiphertextBatch(encrypted)));

    Inbox<SelectedCiphertexts> products =
        session.exchange(PlainRound.receive(productType(), keys.remotes()));
    SelectedCiphertexts sum = SelectedCiphertexts.sum(List.copyOf(products.messages().values()));
    return packed.gatherOutput(CollectiveOpening.receive(session, keys, sum));
  }

  /**
   * Remote server j's side.
   *
   * @param mask r^j, as the convolution sees it
   * @param weights F^j, prepared
   * @param modulus of the plaintexts
   * @return s^j, the size of the convolution's output
   */
  long[] remote(long[] mask, List<PreparedWeights> weights, Modulus modulus, RandomSource random)
      throws ProtocolAbortException {
    List<PartyId> others = keys.otherRemotes(session.self());
    BfvEvaluator evaluator = new BfvEvaluator(keys.parameters());

    List<Ciphertext> masks = keys.encrypt(packed.packInput(mask), random.fork("mask"));
    List<PartyId> senders = new ArrayList<>(others);
    senders.add(SplitPlan.GATEWAY);
    Inbox<CiphertextBatch> theirs =
        session.exchange(
            new PlainRound<>(
                maskType(), Outbox.toAll(others, new CiphertextBatch(masks)), senders));
    for (CiphertextBatch batch : theirs.messages().values()) {
      for (int i = 0; i < masks.size(); i++) {
        masks.set(i, evaluator.add(masks.get(i), batch.ciphertexts().get(i)));
      }
    }

    // One uniform polynomial for each result: where values stand it is −s^j, and everywhere else it
    // hides the cross terms of weights and masks.
    RandomSource padRandom = random.fork("pads");
    BfvEncryptor encryptor = keys.encryptor();
    List<long[]> pads = new ArrayList<>();
    List<Ciphertext> products = new ArrayList<>();
    for (Ciphertext product : packed.multiply(weights, masks, evaluator)) {
      long[] pad = UniformResidues.draw(keys.parameters().degree(), modulus, padRandom);
      pads.add(pad);
      products.add(encryptor.rerandomise(product, pad, keys.flooding(), padRandom));
    }

    SelectedCiphertexts own =
        SelectedCiphertexts.of(keys.parameters(), products, packed.usedCoefficients());
    session.exchange(PlainRound.send(productType(), List.of(SplitPlan.GATEWAY), own));
    CollectiveOpening.share(
        session, keys, own, secondType(), others, packed.usedCoefficients(), random.fork("share"));
    return Tensors.negate(packed.gatherOutput(pads), modulus);
  }
}
