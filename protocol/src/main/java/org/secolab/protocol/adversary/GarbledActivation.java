package org.secolab.protocol.adversary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.transport.TamperingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.WordsMessage;
import org.secolab.mpcgc.multiparty.BatchId;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.mpcgc.multiparty.GarblingParties;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Tensors;

/**
 * An activation behind the cut: values y = ŷ + E^A − ρ, masks r^A and r^1, garbled by the default
 * protocol's own garblers (gateway, remote1) for its evaluator (remote2).
 *
 * <p>Every {@link #play} starts all parties from the same random tapes, so the garbled circuit is
 * the same one each time. Played twice, that is a garbler that forgot that it had answered: one
 * restored from a snapshot, say.
 */
final class GarbledActivation {
  static final Modulus MODULUS = Modulus.powerOfTwo(28);
  static final int SHIFT = 8;

  private static final PartyId EVALUATOR = SplitPlan.remote(2);
  private static final GarblingParties PARTIES =
      new GarblingParties(EVALUATOR, List.of(SplitPlan.GATEWAY, SplitPlan.remote(1)));
  private static final BatchId ID = new BatchId(0, 0, 0);
  private static final String MASKED_INPUT = "masked-input";
  private static final Circuit CIRCUIT =
      ActivationCircuits.shared(
          new ActivationCircuits.Activation(MODULUS.bits(), SHIFT, true, 1), PARTIES.count());

  /** y. */
  final long[] values;

  /** ŷ. */
  final long[] opened;

  /** r^A and r^1. */
  final List<long[]> masks;

  private final List<long[]> shares; // E^A and −ρ^1
  private final Map<PartyId, byte[]> tapes = new LinkedHashMap<>();
  private final SessionId session;

  /** The largest |y|, plus one. */
  static final long BOUND = 1L << 20;

  /**
   * Draws values and tapes.
   *
   * @param least the smallest y
   */
  GarbledActivation(int instances, long least, RandomSource random) {
    RandomSource drawn = random.fork("values");
    values = new long[instances];
    for (int i = 0; i < instances; i++) {
      values[i] = MODULUS.reduce(least + drawn.nextInt((int) (BOUND - least)));
    }
    shares =
        List.of(
            UniformResidues.draw(instances, MODULUS, drawn),
            UniformResidues.draw(instances, MODULUS, drawn));
    masks =
        List.of(
            UniformResidues.draw(instances, MODULUS, drawn),
            UniformResidues.draw(instances, MODULUS, drawn));
    opened =
        Tensors.subtract(Tensors.subtract(values, shares.get(0), MODULUS), shares.get(1), MODULUS);
    for (PartyId party : parties()) {
      tapes.put(party, random.bytes(SeededRandom.SEED_BYTES));
    }
    session = SessionId.random(random.fork("session"));
  }

  private static List<PartyId> parties() {
    return List.of(SplitPlan.GATEWAY, SplitPlan.remote(1), EVALUATOR);
  }

  private RandomSource tape(PartyId party) {
    byte[] tape = tapes.get(party);
    if (tape == null) {
      throw new AssertionError("every party has a tape");
    }
    return new SeededRandom(tape);
  }

  /** x = max(y, 0) >> h: what the layer is to compute. */
  long[] activations() {
    long[] result = new long[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(MODULUS.centered(values[i]), 0) >> SHIFT;
    }
    return result;
  }

  /** The true Δ of garbler {@code index}. */
  Delta delta(int index) {
    return new Delta(tape(parties().get(index)).fork("inference/0").fork("delta"));
  }

  /** What came of one playing. */
  static final class Played {
    /** What the evaluator gets: x − r^A − r^1. */
    final long[] output;

    /** The frame in which it asked each garbler for labels. */
    final List<byte[]> questions;

    /** All labels that each garbler sent, one array for each answer. */
    final List<List<long[]>> labels;

    /** How many garblers refused to answer again. */
    final long refusals;

    private Played(
        long[] output, List<byte[]> questions, List<List<long[]>> labels, long refusals) {
      this.output = output;
      this.questions = questions;
      this.labels = labels;
      this.refusals = refusals;
    }
  }

  /** Plays the layer on {@code input} in place of ŷ. */
  Played play(long[] input) throws ProtocolAbortException {
    return play(input, new byte[0], false);
  }

  /** The same, but the gateway hears {@code question}, and answers that. */
  Played play(long[] input, byte[] question) throws ProtocolAbortException {
    return play(input, question, false);
  }

  /** Plays on {@code input}, then asks every garbler for the labels of all opposite bits too. */
  Played askTwice(long[] input) throws ProtocolAbortException {
    return play(input, new byte[0], true);
  }

  private Played play(long[] input, byte[] gatewayHears, boolean twice)
      throws ProtocolAbortException {
    InMemoryNetwork network = new InMemoryNetwork(parties());
    Map<PartyId, RecordingChannel> views = new LinkedHashMap<>();
    for (PartyId party : parties()) {
      Channel channel =
          new TamperingChannel(
              network.channel(party),
              (envelope, frame) ->
                  gatewayHears.length > 0
                          && party.equals(EVALUATOR)
                          && envelope.peer().equals(SplitPlan.GATEWAY)
                          && envelope.type().equals(MASKED_INPUT)
                      ? gatewayHears
                      : frame);
      views.put(party, new RecordingChannel(channel));
    }
    SequencedMap<PartyId, EmbeddedParties.Program<long[]>> programs = new LinkedHashMap<>();
    for (int garbler = 0; garbler < PARTIES.count(); garbler++) {
      int index = garbler;
      programs.put(parties().get(garbler), session -> garble(session, index, twice));
    }
    programs.put(EVALUATOR, session -> evaluate(session, input, twice, views));
    List<long[]> results =
        List.copyOf(
            EmbeddedParties.run(
                    network,
                    programs,
                    party -> new Session(session, new Roster(parties(), party), view(views, party)))
                .values());
    List<byte[]> questions =
        PARTIES.garblers().stream()
            .map(garbler -> frames(view(views, EVALUATOR), garbler, MASKED_INPUT).getFirst())
            .toList();
    List<List<long[]>> labels =
        PARTIES.garblers().stream()
            .map(
                garbler ->
                    frames(view(views, garbler), EVALUATOR, "labels").stream()
                        .map(GarbledActivation::words)
                        .toList())
            .toList();
    return new Played(results.getLast(), questions, labels, results.get(0)[0] + results.get(1)[0]);
  }

  private static RecordingChannel view(Map<PartyId, RecordingChannel> views, PartyId party) {
    RecordingChannel view = views.get(party);
    if (view == null) {
      throw new AssertionError("every party has a view");
    }
    return view;
  }

  /** Returns how often it refused to answer. */
  private long[] garble(Session session, int index, boolean twice) throws ProtocolAbortException {
    RandomSource tape = tape(session.self());
    Map<String, long[]> own =
        Map.of(
            ActivationCircuits.share(index),
            shares.get(index),
            ActivationCircuits.mask(index),
            Tensors.negate(masks.get(index), MODULUS));
    try (Garbler garbler = Garbler.open(session, PARTIES, tape);
        GarbledBatch batch = garbler.garble(session, ID, CIRCUIT, values.length, own, tape)) {
      batch.answer(session, "y");
      if (twice) {
        try {
          batch.answer(session, "y");
        } catch (IllegalArgumentException refused) {
          return new long[] {1};
        }
      }
      return new long[] {0};
    }
  }

  private long[] evaluate(
      Session session, long[] input, boolean twice, Map<PartyId, RecordingChannel> views)
      throws ProtocolAbortException {
    RandomSource tape = tape(EVALUATOR);
    try (Evaluator evaluator = Evaluator.open(session, PARTIES, tape);
        var batch = evaluator.receive(session, ID, CIRCUIT, values.length, tape)) {
      batch.supply(session, "y", input);
      if (twice) {
        for (PartyId garbler : PARTIES.garblers()) {
          long[] asked = words(frames(view(views, EVALUATOR), garbler, MASKED_INPUT).getFirst());
          for (int i = 0; i < asked.length; i++) {
            asked[i] = ~asked[i];
          }
          // The message of EvaluationBatch.supply, which itself would refuse to send it.
          MessageType<WordsMessage> type =
              WordsMessage.type(0x0228, MASKED_INPUT, "Online 1", asked.length);
          session.exchange(PlainRound.send(type, List.of(garbler), new WordsMessage(asked)));
        }
      }
      return batch.evaluate();
    }
  }

  /** What {@code view}'s owner sent to {@code peer} as {@code type}. */
  private static List<byte[]> frames(RecordingChannel view, PartyId peer, String type) {
    return view.entries().stream()
        .filter(
            entry ->
                entry.sent()
                    && entry.envelope().peer().equals(peer)
                    && entry.envelope().type().equals(type))
        .map(RecordingChannel.Entry::frame)
        .toList();
  }

  private static long[] words(byte[] frame) {
    int length = frame.length - FrameHeader.BYTES;
    try {
      return new WireReader(frame, FrameHeader.BYTES, length).words(length / 8);
    } catch (MalformedMessageException e) {
      throw new AssertionError("a frame of words", e);
    }
  }
}
