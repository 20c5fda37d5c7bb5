package org.secolab.mpcgc.multiparty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.transport.TamperingChannel;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.InsecureDealer;

/** Runs all parties of a garbling in one process, and keeps what each of them sees. */
final class Parties {
  static final SessionId SESSION = new SessionId(7, 11);

  /** What a garbler does once it is open. */
  interface GarblerProgram {
    void run(Session session, int self, Garbler garbler, RandomSource random)
        throws ProtocolAbortException;
  }

  /** What the evaluator does once it is open. */
  interface EvaluatorProgram {
    long[] run(Session session, Evaluator evaluator, RandomSource random)
        throws ProtocolAbortException;
  }

  final GarblingParties parties;
  final Map<PartyId, RecordingChannel> views = new LinkedHashMap<>();
  private final long seed;
  boolean realBaseTransfers;

  /** Where the evaluator stands in the roster, behind the bystander; from g on: last. */
  int evaluatorPosition = Integer.MAX_VALUE;

  boolean recording = true;
  GarblingOptions options = GarblingOptions.standard();
  TamperingChannel.Tamper tamper = (envelope, frame) -> frame;

  Parties(int garblers, long seed) {
    List<PartyId> ids = new ArrayList<>();
    for (int i = 0; i < garblers; i++) {
      ids.add(new PartyId("garbler" + i));
    }
    parties = new GarblingParties(new PartyId("evaluator"), ids);
    this.seed = seed;
  }

  /** The randomness of one garbler, from its beginning. */
  RandomSource random(int garbler) {
    return SeededRandom.ofInsecureNumber(seed).fork(parties.garblers().get(garbler).name());
  }

  /** Runs everybody, with an idle bystander in the roster, and returns the evaluator's result. */
  long[] run(GarblerProgram garbler, EvaluatorProgram evaluator) throws ProtocolAbortException {
    SequencedMap<PartyId, EmbeddedParties.Program<long[]>> programs = new LinkedHashMap<>();
    programs.put(new PartyId("bystander"), session -> new long[0]);
    RandomSource root = SeededRandom.ofInsecureNumber(seed);
    for (int i = 0; i < parties.count(); i++) {
      if (i == evaluatorPosition) {
        programs.put(parties.evaluator(), evaluation(evaluator, root.fork("evaluator")));
      }
      int self = i;
      PartyId id = parties.garblers().get(i);
      RandomSource random = root.fork(id.name());
      programs.put(
          id,
          session -> {
            try (Garbler own = open(session, self, random)) {
              garbler.run(session, self, own, random);
            }
            return new long[0];
          });
    }
    if (evaluatorPosition >= parties.count()) {
      programs.put(parties.evaluator(), evaluation(evaluator, root.fork("evaluator")));
    }
    List<PartyId> all = List.copyOf(programs.keySet());
    InMemoryNetwork network = new InMemoryNetwork(all);
    for (PartyId id : all) {
      views.put(id, new RecordingChannel(new TamperingChannel(network.channel(id), tamper)));
    }
    return EmbeddedParties.run(
            network,
            programs,
            id -> {
              Channel view = views.get(id);
              Channel channel = recording && view != null ? view : network.channel(id);
              return new Session(SESSION, new Roster(all, id), channel);
            })
        .get(parties.evaluator());
  }

  private EmbeddedParties.Program<long[]> evaluation(
      EvaluatorProgram evaluator, RandomSource random) {
    return session -> {
      try (Evaluator own = openEvaluator(session, random)) {
        return evaluator.run(session, own, random);
      }
    };
  }

  /** The base transfers of the Δ of {@code owner} towards {@code receiver}; g: the evaluator. */
  private InsecureDealer dealer(int owner, int receiver) {
    RandomSource random =
        SeededRandom.ofInsecureNumber(seed).fork("dealer/" + owner + "/" + receiver);
    return new InsecureDealer(new Delta(random), random);
  }

  private Garbler open(Session session, int self, RandomSource random)
      throws ProtocolAbortException {
    if (realBaseTransfers) {
      return Garbler.open(session, parties, options, random);
    }
    int g = parties.count();
    @Nullable CotReceiver[] receivers = new CotReceiver[g];
    @Nullable CotSender[] senders = new CotSender[g];
    for (int p = 0; p < g; p++) {
      if (p != self) {
        receivers[p] = dealer(self, p).masterReceiver();
        senders[p] = dealer(p, self).masterSender();
      }
    }
    return new Garbler(parties, options, receivers, senders, dealer(self, g).masterReceiver());
  }

  private Evaluator openEvaluator(Session session, RandomSource random)
      throws ProtocolAbortException {
    if (realBaseTransfers) {
      return Evaluator.open(session, parties, options, random);
    }
    CotSender[] masters = new CotSender[parties.count()];
    for (int j = 0; j < masters.length; j++) {
      masters[j] = dealer(j, masters.length).masterSender();
    }
    return new Evaluator(parties, options, masters);
  }

  /** The setup-known inputs of one garbler among all inputs. */
  static Map<String, long[]> setupInputs(Circuit circuit, int self, Map<String, long[]> inputs) {
    Map<String, long[]> own = new LinkedHashMap<>();
    for (Circuit.Input input : circuit.inputs()) {
      if (input.kind().equals(new InputKind.SetupKnown(self))) {
        own.put(input.name(), inputs.get(input.name()));
      }
    }
    return own;
  }

  /** Hands all online inputs over, in the circuit's order. */
  static void handOver(
      Session session, int self, GarbledBatch batch, Circuit circuit, Map<String, long[]> inputs)
      throws ProtocolAbortException {
    for (Circuit.Input input : circuit.inputs()) {
      switch (input.kind()) {
        case InputKind.SetupKnown known -> {}
        case InputKind.EvaluatorInput evaluator -> batch.answer(session, input.name());
        case InputKind.GarblerOnline(int owner) -> {
          if (owner == self) {
            batch.provide(session, input.name(), inputs.get(input.name()));
          } else {
            batch.answer(session, input.name());
          }
        }
      }
    }
  }

  /** Takes all online inputs, in the circuit's order. */
  static void take(
      Session session, EvaluationBatch batch, Circuit circuit, Map<String, long[]> inputs)
      throws ProtocolAbortException {
    for (Circuit.Input input : circuit.inputs()) {
      switch (input.kind()) {
        case InputKind.SetupKnown known -> {}
        case InputKind.EvaluatorInput evaluator ->
            batch.supply(session, input.name(), inputs.get(input.name()));
        case InputKind.GarblerOnline online -> batch.accept(session, input.name());
      }
    }
  }

  /** Sends every garbler the outputs that are its own. */
  static void deliver(Session session, EvaluationBatch batch, Circuit circuit)
      throws ProtocolAbortException {
    for (Circuit.Output output : circuit.outputs()) {
      if (output.garbler().isPresent()) {
        batch.deliver(session, output.name());
      }
    }
  }

  /** Takes a garbler's own outputs, one word per instance each, by name. */
  static void learn(
      Session session, int self, GarbledBatch batch, Circuit circuit, Map<String, long[]> learnt)
      throws ProtocolAbortException {
    for (Circuit.Output output : circuit.outputs()) {
      if (output.garbler().equals(OptionalInt.of(self))) {
        learnt.put(output.name(), batch.learn(session, output.name()));
      }
    }
  }

  /** The evaluator's part of the outputs of all parties. */
  static long[] ofEvaluator(Circuit circuit, int instances, long[] all) {
    int outputs = circuit.outputs().size();
    return IntStream.range(0, instances * outputs)
        .filter(at -> circuit.outputs().get(at % outputs).garbler().isEmpty())
        .mapToLong(at -> all[at])
        .toArray();
  }

  /** All outputs of all parties, in the circuit's order, those of the first instance first. */
  static long[] together(Circuit circuit, int instances, long[] own, Map<String, long[]> learnt) {
    int outputs = circuit.outputs().size();
    int ownOutputs = own.length / instances;
    long[] all = new long[instances * outputs];
    int next = 0;
    for (int o = 0; o < outputs; o++) {
      long[] words = learnt.get(circuit.outputs().get(o).name());
      for (int i = 0; i < instances; i++) {
        all[i * outputs + o] = words == null ? own[i * ownOutputs + next] : words[i];
      }
      next += words == null ? 1 : 0;
    }
    return all;
  }

  /** Garbles and evaluates one batch in one go; the outputs of all parties. */
  long[] evaluate(Circuit circuit, int instances, Map<String, long[]> inputs)
      throws ProtocolAbortException {
    BatchId id = new BatchId(0, 1, 0);
    Map<String, long[]> learnt = new ConcurrentHashMap<>();
    long[] result =
        run(
            (session, self, garbler, random) -> {
              Map<String, long[]> own = setupInputs(circuit, self, inputs);
              try (GarbledBatch batch =
                  garbler.garble(session, id, circuit, instances, own, random)) {
                handOver(session, self, batch, circuit, inputs);
                learn(session, self, batch, circuit, learnt);
              }
            },
            (session, evaluator, random) -> {
              try (EvaluationBatch batch =
                  evaluator.receive(session, id, circuit, instances, random)) {
                take(session, batch, circuit, inputs);
                long[] own = batch.evaluate();
                deliver(session, batch, circuit);
                return own;
              }
            });
    return together(circuit, instances, result, learnt);
  }
}
