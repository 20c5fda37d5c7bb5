package org.secolab.protocol.seco;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.multiparty.BatchFileException;
import org.secolab.mpcgc.multiparty.BatchId;
import org.secolab.mpcgc.multiparty.EvaluationBatch;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.mpcgc.multiparty.GarblingOptions;
import org.secolab.mpcgc.multiparty.RowStore;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Residues;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.material.MaterialId;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * Setup 3 and its online half: an activation behind the cut, on values shared among all servers.
 *
 * <p>y = E^A + Σ_j E^j. Garbling remote j sends E^j + ρ^j to the evaluator C, and only to it; C
 * forms ŷ = E^C + Σ (E^j + ρ^j). The circuit computes activation(ŷ + E^A − Σ ρ^j) − r^A − Σ r^j,
 * the masks of the garblers; C subtracts its own r^C in clear and tells the other remote servers z'
 * = x − r. The gateway's part online is one answer, given once.
 */
final class SharedActivation {
  private final Session session;
  private final SecoPlan plan;
  private final ActivationLayer layer;

  SharedActivation(Session session, SecoPlan plan, ActivationLayer layer) {
    this.session = session;
    this.plan = plan;
    this.layer = layer;
  }

  private Modulus modulus() {
    return plan.modulus();
  }

  private Circuit circuit() {
    return layer.shared(plan.garblers().size());
  }

  private MessageType<Residues> paddedType() {
    return Residues.type(
        MessageCodes.PADDED_SHARE, "padded-share", "Online, ReLU", layer.inputSize(), modulus());
  }

  private MessageType<Residues> maskedType() {
    return Residues.type(
        MessageCodes.MASKED_TENSOR, "masked-tensor", "Online, ReLU", layer.instances(), modulus());
  }

  /** The remote servers that garble. */
  private List<PartyId> garblingRemotes() {
    return plan.garblers().stream().filter(party -> !party.equals(SplitPlan.GATEWAY)).toList();
  }

  /**
   * Setup: a garbler's side.
   *
   * @param share E^A of the gateway, −ρ^j of a remote server
   * @param mask r of this garbler
   */
  GarbledBatch garble(
      Garbler garbler, int inference, long[] share, long[] mask, RandomSource random)
      throws ProtocolAbortException {
    int own = plan.garblers().indexOf(session.self());
    Map<String, long[]> inputs = new HashMap<>();
    inputs.put(ActivationCircuits.share(own), layer.gather(share));
    inputs.put(ActivationCircuits.mask(own), Tensors.negate(mask, modulus()));
    return garbler.garble(session, id(inference), circuit(), layer.instances(), inputs, random);
  }

  /** Setup: the evaluator's side. */
  EvaluationBatch receive(Evaluator evaluator, int inference, RowStore rows, RandomSource random)
      throws ProtocolAbortException {
    return evaluator.receive(session, id(inference), circuit(), layer.instances(), rows, random);
  }

  private BatchId id(int inference) {
    return new BatchId(inference, layer.number(), 0);
  }

  /** Stores what {@link #garble} returned. */
  void save(GarbledBatch batch, MaterialId material, Path file) throws IOException {
    batch.save(file, id(material.number()), material.made());
  }

  /** What was stored by {@link #save}. */
  GarbledBatch loadGarbled(MaterialId material, Path file) throws IOException, BatchFileException {
    return GarbledBatch.load(
        file,
        material.made(),
        plan.remoteGarbling(),
        session.self(),
        GarblingOptions.standard(),
        id(material.number()),
        circuit(),
        layer.instances());
  }

  /** What was stored of what {@link #receive} returned. */
  EvaluationBatch loadEvaluation(MaterialId material, Path file)
      throws IOException, BatchFileException {
    return EvaluationBatch.load(
        file,
        material.made(),
        plan.remoteGarbling(),
        GarblingOptions.standard(),
        id(material.number()),
        circuit(),
        layer.instances());
  }

  /** Online: the gateway's side. */
  void gateway(GarbledBatch batch) throws ProtocolAbortException {
    batch.answer(session, "y");
    batch.close();
  }

  /**
   * Online: the side of a remote server that garbles.
   *
   * @param share E^j
   * @param pad ρ^j
   * @return z'
   */
  long[] garblingRemote(GarbledBatch batch, long[] share, long[] pad)
      throws ProtocolAbortException {
    Residues padded = new Residues(Tensors.add(share, pad, modulus()), modulus());
    session.exchange(PlainRound.send(paddedType(), List.of(plan.evaluator()), padded));
    batch.answer(session, "y");
    batch.close();
    return session
        .exchange(PlainRound.receive(maskedType(), List.of(plan.evaluator())))
        .from(plan.evaluator())
        .values();
  }

  /**
   * Online: the evaluator's side.
   *
   * @param share E^C
   * @param mask r^C
   * @return z'
   */
  long[] evaluator(EvaluationBatch batch, long[] share, long[] mask) throws ProtocolAbortException {
    long[] opened = share;
    for (Residues padded :
        session.exchange(PlainRound.receive(paddedType(), garblingRemotes())).messages().values()) {
      opened = Tensors.add(opened, padded.values(), modulus());
    }
    batch.supply(session, "y", layer.gather(opened));
    long[] masked = Tensors.subtract(batch.evaluate(), mask, modulus());
    batch.close();
    session.exchange(
        PlainRound.send(maskedType(), garblingRemotes(), new Residues(masked, modulus())));
    return masked;
  }
}
