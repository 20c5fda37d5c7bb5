package org.secolab.protocol.cut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.modelio.fixed.Modulus;
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
 * An activation on the gateway, as in Delphi: the gateway garbles, the user evaluates.
 *
 * <p>y = a + u, a the gateway's online value, u the user's from preprocessing. The circuit gives
 * the user activation(y) − d, d a one-time pad of the gateway; the user subtracts its own next mask
 * in clear and returns the rest. (The paper subtracts it inside the circuit: one adder more for the
 * same.)
 */
public final class GatewayActivation {
  private final Session session;
  private final ActivationLayer layer;
  private final Modulus modulus;

  public GatewayActivation(Session session, ActivationLayer layer, Modulus modulus) {
    this.session = session;
    this.layer = layer;
    this.modulus = modulus;
  }

  private MessageType<Residues> maskedType() {
    return Residues.type(
        MessageCodes.MASKED_TENSOR,
        "masked-tensor",
        "Online, layers 1..c",
        layer.instances(),
        modulus);
  }

  private BatchId id(int inference) {
    return new BatchId(inference, layer.number(), 0);
  }

  /** Stores what {@link #gatewayPrepare} returned. */
  public void save(GarbledBatch batch, MaterialId material, Path file) throws IOException {
    batch.save(file, id(material.number()), material.made());
  }

  /** What was stored by {@link #save}. */
  public GarbledBatch loadGarbled(MaterialId material, Path file)
      throws IOException, BatchFileException {
    return GarbledBatch.load(
        file,
        material.made(),
        CutPlan.gatewayGarbling(),
        session.self(),
        GarblingOptions.standard(),
        id(material.number()),
        layer.twoParty(),
        layer.instances());
  }

  /** What was stored of what {@link #userPrepare} returned. */
  EvaluationBatch loadEvaluation(MaterialId material, Path file)
      throws IOException, BatchFileException {
    return EvaluationBatch.load(
        file,
        material.made(),
        CutPlan.gatewayGarbling(),
        GarblingOptions.standard(),
        id(material.number()),
        layer.twoParty(),
        layer.instances());
  }

  /**
   * Preprocessing: the gateway's side.
   *
   * @param pad d
   */
  GarbledBatch gatewayPrepare(Garbler garbler, int inference, long[] pad, RandomSource random)
      throws ProtocolAbortException {
    Map<String, long[]> inputs = new HashMap<>();
    inputs.put("pad", layer.ring().maskEntries(0, Tensors.negate(pad, modulus)));
    GarbledBatch batch =
        garbler.garble(session, id(inference), layer.twoParty(), layer.instances(), inputs, random);
    batch.answer(session, "client");
    return batch;
  }

  /**
   * Preprocessing: the user's side.
   *
   * @param share u
   * @param rows where the rows stay until {@link #user}
   */
  EvaluationBatch userPrepare(
      Evaluator evaluator, int inference, long[] share, RowStore rows, RandomSource random)
      throws ProtocolAbortException {
    EvaluationBatch batch =
        evaluator.receive(
            session, id(inference), layer.twoParty(), layer.instances(), rows, random);
    batch.supply(session, "client", layer.gather(share));
    return batch;
  }

  /**
   * Online: the gateway's side.
   *
   * @param share a
   * @param pad d
   * @return x − r
   */
  long[] gateway(GarbledBatch batch, long[] share, long[] pad) throws ProtocolAbortException {
    batch.provide(session, "server", layer.ring().shareEntries(0, layer.gather(share)));
    batch.close();
    long[] masked =
        session
            .exchange(PlainRound.receive(maskedType(), List.of(SplitPlan.USER)))
            .from(SplitPlan.USER)
            .values();
    return Tensors.add(masked, pad, modulus);
  }

  /**
   * Online: the user's side.
   *
   * @param mask r, of the layer's output
   */
  void user(EvaluationBatch batch, long[] mask) throws ProtocolAbortException {
    batch.accept(session, "server");
    long[] padded = batch.evaluate();
    batch.close();
    session.exchange(
        PlainRound.send(
            maskedType(),
            List.of(SplitPlan.GATEWAY),
            new Residues(Tensors.subtract(padded, mask, modulus), modulus)));
  }
}
