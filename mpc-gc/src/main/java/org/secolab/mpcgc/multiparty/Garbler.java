package org.secolab.mpcgc.multiparty;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
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
import org.secolab.mpcgc.ot.BaseOtSender;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.TransferName;

/**
 * One garbler: base transfers with all others, done once, from which every inference draws a fresh
 * Δ and its correlated transfers.
 */
public final class Garbler implements Secret {
  private final GarblingParties parties;
  private final GarblingOptions options;
  private final @Nullable CotReceiver[] masterReceivers;
  private final @Nullable CotSender[] masterSenders;
  private final CotReceiver masterEvaluator;
  private @Nullable GarblerInference inference;

  /** From master transfers, one per other garbler and direction, and one to the evaluator. */
  Garbler(
      GarblingParties parties,
      GarblingOptions options,
      @Nullable CotReceiver[] masterReceivers,
      @Nullable CotSender[] masterSenders,
      CotReceiver masterEvaluator) {
    this.parties = parties;
    this.options = options;
    this.masterReceivers = masterReceivers;
    this.masterSenders = masterSenders;
    this.masterEvaluator = masterEvaluator;
  }

  /** Opens with the {@link GarblingOptions#standard standard} options. */
  public static Garbler open(Session session, GarblingParties parties, RandomSource random)
      throws ProtocolAbortException {
    return open(session, parties, GarblingOptions.standard(), random);
  }

  /**
   * Runs the base transfers with all other garblers and the evaluator, which must do the same at
   * the same time.
   *
   * @param random forked under the label "garbler", so a second opening needs another source
   * @throws ProtocolAbortException if a peer is gone or broke the protocol
   */
  public static Garbler open(
      Session session, GarblingParties parties, GarblingOptions options, RandomSource random)
      throws ProtocolAbortException {
    int g = parties.count();
    int self = parties.indexOf(session.self());
    RandomSource own = random.fork("garbler");
    @Nullable BaseOtReceiver[] choosing = new BaseOtReceiver[g];
    SequencedMap<PartyId, BaseOtMessage> elements = new LinkedHashMap<>();
    for (int p = 0; p < g; p++) {
      if (p != self) {
        RandomSource link = own.fork("receive/" + p);
        PartyId peer = parties.garblers().get(p);
        TransferName name = parties.transfers(session.id(), "base", session.self(), peer);
        BaseOtReceiver receiver = new BaseOtReceiver(name, new Delta(link.fork("choices")), link);
        choosing[p] = receiver;
        elements.put(peer, receiver.message());
      }
    }
    var peers = parties.peers(self);
    var everybody = new java.util.ArrayList<>(peers);
    everybody.add(parties.evaluator());
    Inbox<BaseOtMessage> received =
        session.exchange(
            new PlainRound<>(BaseOtMessage.ELEMENTS, new Outbox<>(elements), everybody));
    @Nullable CotReceiver[] receivers = new CotReceiver[g];
    CotReceiver evaluator = null;
    SequencedMap<PartyId, BaseOtMessage> ciphertexts = new LinkedHashMap<>();
    for (PartyId peer : everybody) {
      TransferName name = parties.transfers(session.id(), "base", peer, session.self());
      BaseOtSender sender = new BaseOtSender(name, received.from(peer), own.fork("send/" + peer));
      ciphertexts.put(peer, sender.message());
      CotReceiver master = new CotReceiver(1, name, sender.seeds());
      if (peer.equals(parties.evaluator())) {
        evaluator = master;
      } else {
        receivers[parties.indexOf(peer)] = master;
      }
    }
    Inbox<BaseOtMessage> answers =
        session.exchange(
            new PlainRound<>(BaseOtMessage.CIPHERTEXTS, new Outbox<>(ciphertexts), peers));
    @Nullable CotSender[] senders = new CotSender[g];
    for (int p = 0; p < g; p++) {
      BaseOtReceiver receiver = choosing[p];
      if (receiver != null) {
        PartyId peer = parties.garblers().get(p);
        TransferName name = parties.transfers(session.id(), "base", session.self(), peer);
        senders[p] = new CotSender(1, name, receiver.open(peer, answers.from(peer)), new long[0]);
      }
    }
    if (evaluator == null) {
      throw new AssertionError("everybody includes the evaluator");
    }
    return new Garbler(parties, options, receivers, senders, evaluator);
  }

  /**
   * Garbles {@code instances} copies of {@code circuit} together with the other garblers, and sends
   * the evaluator its rows. A batch of an inference with a number larger than the last begins that
   * inference and ends the one before: no more batches of it, but those that exist live on.
   *
   * @param setupInputs for every {@code SetupKnown} input of this garbler its words, those of the
   *     first instance first; only the low bits of each word count
   * @param random may be the same object for every batch: it is forked by the batch's name
   * @throws IllegalArgumentException if the batch was used before, or an input is missing, unknown
   *     or of a wrong length
   */
  public GarbledBatch garble(
      Session session,
      BatchId batch,
      Circuit circuit,
      int instances,
      Map<String, long[]> setupInputs,
      RandomSource random)
      throws ProtocolAbortException {
    if (instances < 1) {
      throw new IllegalArgumentException("expected at least 1 instance, got " + instances);
    }
    Layout layout = new Layout(circuit, options.scheme(), parties.count(), instances);
    layout.requireOwners();
    int self = parties.indexOf(session.self());
    SetupInputs inputs = new SetupInputs(circuit, self, instances, setupInputs);
    GarblerInference current = inference;
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
          new GarblerInference(
              session,
              parties,
              batch.inference(),
              options.fieldBits(),
              masterReceivers,
              masterSenders,
              masterEvaluator,
              random.fork("inference/" + batch.inference()));
      inference = current;
    }
    current.use(batch);
    RandomSource own =
        random.fork("batch/" + batch.inference() + "/" + batch.layer() + "/" + batch.chunk());
    GarblerInference serving = current;
    return Secret.filled(
        new GarbledBatch(parties, options, self, layout, serving.delta.copy()),
        result ->
            new GarblerRun(session, parties, options, serving, batch, layout, inputs, result, own)
                .execute());
  }

  @Override
  public void close() {
    if (inference != null) {
      inference.close();
    }
    masterEvaluator.close();
    for (CotReceiver receiver : masterReceivers) {
      if (receiver != null) {
        receiver.close();
      }
    }
    for (CotSender sender : masterSenders) {
      if (sender != null) {
        sender.close();
      }
    }
  }

  @Override
  public String toString() {
    return "Garbler";
  }
}
