package org.secolab.mpcgc.multiparty;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.ot.BaseOtMessage;
import org.secolab.mpcgc.ot.BaseOtReceiver;
import org.secolab.mpcgc.ot.ChosenSeeds;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.TransferName;

/** The evaluator: base transfers with all garblers, done once, then batches. */
public final class Evaluator implements Secret {
  private final GarblingParties parties;
  private final GarblingOptions options;
  private final CotSender[] masters;
  private @Nullable EvaluatorInference inference;

  /** From master transfers, one per garbler. */
  Evaluator(GarblingParties parties, GarblingOptions options, CotSender[] masters) {
    this.parties = parties;
    this.options = options;
    this.masters = masters;
  }

  /** Opens with the {@link GarblingOptions#standard standard} options. */
  public static Evaluator open(Session session, GarblingParties parties, RandomSource random)
      throws ProtocolAbortException {
    return open(session, parties, GarblingOptions.standard(), random);
  }

  /**
   * Runs the base transfers with all garblers; the other side of {@link Garbler#open}.
   *
   * @throws ProtocolAbortException if a peer is gone or broke the protocol
   */
  public static Evaluator open(
      Session session, GarblingParties parties, GarblingOptions options, RandomSource random)
      throws ProtocolAbortException {
    if (!session.self().equals(parties.evaluator())) {
      throw new IllegalArgumentException(
          "expected the session of " + parties.evaluator() + ", got that of " + session.self());
    }
    int g = parties.count();
    RandomSource own = random.fork("evaluator");
    BaseOtReceiver[] choosing = new BaseOtReceiver[g];
    SequencedMap<PartyId, BaseOtMessage> elements = new LinkedHashMap<>();
    for (int p = 0; p < g; p++) {
      RandomSource link = own.fork("receive/" + p);
      TransferName name = name(session, parties, p);
      choosing[p] = new BaseOtReceiver(name, new Delta(link.fork("choices")), link);
      elements.put(parties.garblers().get(p), choosing[p].message());
    }
    session.exchange(new PlainRound<>(BaseOtMessage.ELEMENTS, new Outbox<>(elements), Set.of()));
    Inbox<BaseOtMessage> answers =
        session.exchange(PlainRound.receive(BaseOtMessage.CIPHERTEXTS, parties.garblers()));
    CotSender[] masters = new CotSender[g];
    for (int p = 0; p < g; p++) {
      PartyId garbler = parties.garblers().get(p);
      ChosenSeeds seeds = choosing[p].open(garbler, answers.from(garbler));
      masters[p] = new CotSender(1, name(session, parties, p), seeds, new long[0]);
    }
    return new Evaluator(parties, options, masters);
  }

  private static TransferName name(Session session, GarblingParties parties, int garbler) {
    return parties.transfers(
        session.id(), "base", parties.evaluator(), parties.garblers().get(garbler));
  }

  /**
   * Receives {@code instances} garbled copies of {@code circuit}; the other side of {@link
   * Garbler#garble}, with the same arguments.
   *
   * @throws IllegalArgumentException if the batch was used before
   */
  public EvaluationBatch receive(
      Session session, BatchId batch, Circuit circuit, int instances, RandomSource random)
      throws ProtocolAbortException {
    return receive(session, batch, circuit, instances, new MemoryRows(), random);
  }

  /**
   * The same, with rows kept in {@code rows}, which is closed with the batch: a batch of any size
   * then takes a bounded part of the heap beyond its input labels.
   */
  public EvaluationBatch receive(
      Session session,
      BatchId batch,
      Circuit circuit,
      int instances,
      RowStore rows,
      RandomSource random)
      throws ProtocolAbortException {
    if (instances < 1) {
      throw new IllegalArgumentException("expected at least 1 instance, got " + instances);
    }
    Layout layout = new Layout(circuit, options.scheme(), parties.count(), instances);
    layout.requireOwners();
    EvaluatorInference current = inference;
    if (current != null && batch.inference() < current.number) {
      throw new IllegalArgumentException(
          "expected inference " + current.number + " or later, got " + batch.inference());
    }
    Agreement.reach(session, parties, options, batch, circuit, instances);
    if (current == null || batch.inference() > current.number) {
      if (current != null) {
        current.close();
      }
      current =
          new EvaluatorInference(session, parties, batch.inference(), options.fieldBits(), masters);
      inference = current;
    }
    current.use(batch);
    RandomSource own =
        random.fork("batch/" + batch.inference() + "/" + batch.layer() + "/" + batch.chunk());
    EvaluatorInference serving = current;
    return Secret.filled(
        new EvaluationBatch(
            parties, options, layout, serving.publicSeed, batch.bytes(session.id()), rows),
        result -> result.receive(session, serving.receivers, own));
  }

  @Override
  public void close() {
    if (inference != null) {
      inference.close();
    }
    for (CotSender master : masters) {
      master.close();
    }
  }

  @Override
  public String toString() {
    return "Evaluator";
  }
}
