package org.secolab.protocol.cut;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.linear.SelectedCiphertexts;
import org.secolab.protocol.linear.Tensors;

/**
 * Preprocessing of a gateway layer, as in Delphi: the user sends Enc(r), the gateway returns
 * F·Enc(r) − Enc(s), re-randomised and flooded. The flood is all that protects the gateway's
 * weights here.
 */
public final class GatewayProduct {
  private final Session session;
  private final BfvParameters parameters;
  private final PackedConvolution packed;

  GatewayProduct(Session session, BfvParameters parameters, PackedConvolution packed) {
    this.session = session;
    this.parameters = parameters;
    this.packed = packed;
  }

  private MessageType<CiphertextBatch> maskType() {
    return CiphertextBatch.type(
        MessageCodes.USER_MASK,
        "user-mask",
        "Preprocessing, layers 1..c",
        parameters.rlwe(),
        packed.inputs());
  }

  private MessageType<SelectedCiphertexts> productType() {
    return SelectedCiphertexts.type(
        MessageCodes.USER_PRODUCT,
        "user-product",
        "Preprocessing, layers 1..c",
        packed.usedCoefficients(),
        parameters);
  }

  /**
   * The user's side.
   *
   * @param mask r, as the convolution sees it
   * @return F·r − s
   */
  long[] user(BfvEncryptor encryptor, SecretKey secretKey, long[] mask, RandomSource random)
      throws ProtocolAbortException {
    List<Ciphertext> encrypted = ServerKeys.encrypt(encryptor, packed.packInput(mask), random);
    session.exchange(
        PlainRound.send(maskType(), List.of(SplitPlan.GATEWAY), new CiphertextBatch(encrypted)));
    SelectedCiphertexts product =
        session
            .exchange(PlainRound.receive(productType(), List.of(SplitPlan.GATEWAY)))
            .from(SplitPlan.GATEWAY);
    return packed.gatherOutput(open(session, parameters, secretKey, product));
  }

  /** Decrypts what is encrypted under one party's own key: a collective of one. */
  static List<long[]> open(
      Session session, BfvParameters parameters, SecretKey secretKey, SelectedCiphertexts batch)
      throws ProtocolAbortException {
    return session.exchange(
        CollectiveDecryption.receive(parameters, batch.c0(), batch.c1(), secretKey, Set.of()));
  }

  /**
   * The gateway's side.
   *
   * @param weights F, prepared
   * @return s
   */
  long[] gateway(
      BfvEncryptor encryptor,
      List<PreparedWeights> weights,
      Flooding flooding,
      Modulus modulus,
      RandomSource random)
      throws ProtocolAbortException {
    CiphertextBatch masks =
        session
            .exchange(PlainRound.receive(maskType(), List.of(SplitPlan.USER)))
            .from(SplitPlan.USER);
    List<long[]> pads = new ArrayList<>();
    List<Ciphertext> products = new ArrayList<>();
    for (Ciphertext product :
        packed.multiply(weights, masks.ciphertexts(), new BfvEvaluator(parameters))) {
      long[] pad = UniformResidues.draw(parameters.degree(), modulus, random);
      pads.add(pad);
      products.add(encryptor.rerandomise(product, pad, flooding, random));
    }
    session.exchange(
        PlainRound.send(
            productType(),
            List.of(SplitPlan.USER),
            SelectedCiphertexts.of(parameters, products, packed.usedCoefficients())));
    return Tensors.negate(packed.gatherOutput(pads), modulus);
  }
}
