package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.ClearEvaluator;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Ring;
import org.secolab.mpcgc.label.Delta;

/** Yao's protocol with the inputs of a third party, as the paper prints it. */
class ForwardedInputsTest {
  private static final PartyId THIRD = new PartyId("a");
  private static final GarblingParties PARTIES =
      new GarblingParties(new PartyId("c"), List.of(new PartyId("b")));
  private static final BatchId ID = new BatchId(0, 1, 0);
  private static final List<String> FORWARDED =
      List.of(ActivationCircuits.share(1), ActivationCircuits.mask(1));
  private static final long PRIME = 15 * (1L << 37) + 1;

  private final Map<PartyId, RecordingChannel> views = new LinkedHashMap<>();
  private final GarblingOptions options = GarblingOptions.standard();

  private static RandomSource random(PartyId party) {
    return SeededRandom.ofInsecureNumber(3).fork(party.name());
  }

  /** All three parties; the evaluator's result. */
  private long[] run(Circuit circuit, int instances, Map<String, long[]> inputs)
      throws ProtocolAbortException {
    SequencedMap<PartyId, EmbeddedParties.Program<long[]>> programs = new LinkedHashMap<>();
    programs.put(
        THIRD,
        session -> {
          PartyId garbler = PARTIES.garblers().getFirst();
          try (ForwardedInputs.Chooser chooser =
              ForwardedInputs.Chooser.open(session, garbler, PARTIES.evaluator(), random(THIRD))) {
            for (String name : FORWARDED) {
              chooser.forward(session, circuit, name, instances, inputs.get(name));
            }
          }
          return new long[0];
        });
    PartyId garblerId = PARTIES.garblers().getFirst();
    programs.put(
        garblerId,
        session -> {
          RandomSource random = random(garblerId);
          Map<String, long[]> own = Parties.setupInputs(circuit, 0, inputs);
          try (Garbler garbler = Garbler.open(session, PARTIES, options, random);
              ForwardedInputs.Sender sender =
                  ForwardedInputs.Sender.open(session, THIRD, random.fork("forwarding"));
              GarbledBatch batch = garbler.garble(session, ID, circuit, instances, own, random)) {
            for (Circuit.Input input : circuit.inputs()) {
              String name = input.name();
              if (FORWARDED.contains(name)) {
                batch.offer(session, name, sender);
                assertThrows(
                    IllegalArgumentException.class, () -> batch.offer(session, name, sender));
              } else if (input.kind() instanceof InputKind.EvaluatorInput) {
                batch.answer(session, name);
              } else if (input.kind() instanceof InputKind.GarblerOnline) {
                batch.provide(session, name, inputs.get(name));
              }
            }
          }
          return new long[0];
        });
    programs.put(
        PARTIES.evaluator(),
        session -> {
          RandomSource random = random(PARTIES.evaluator());
          try (Evaluator evaluator = Evaluator.open(session, PARTIES, options, random)) {
            EvaluationBatch batch = evaluator.receive(session, ID, circuit, instances, random);
            for (Circuit.Input input : circuit.inputs()) {
              String name = input.name();
              if (FORWARDED.contains(name)) {
                batch.acceptFrom(session, name, THIRD);
              } else if (input.kind() instanceof InputKind.EvaluatorInput) {
                batch.supply(session, name, inputs.get(name));
              } else if (input.kind() instanceof InputKind.GarblerOnline) {
                batch.accept(session, name);
              }
            }
            return batch.evaluate();
          }
        });
    List<PartyId> all = List.copyOf(programs.keySet());
    InMemoryNetwork network = new InMemoryNetwork(all);
    return EmbeddedParties.run(
            network,
            programs,
            id -> {
              RecordingChannel view = new RecordingChannel(network.channel(id));
              synchronized (views) {
                views.put(id, view);
              }
              return new Session(Parties.SESSION, new Roster(all, id), view);
            })
        .get(PARTIES.evaluator());
  }

  private static Activation activation(Ring ring) {
    return new Activation(ring, 8, true, OptionalLong.of(1536), 2);
  }

  private static Map<String, long[]> inputs(Circuit circuit, Ring ring, int instances) {
    Random random = new Random(1);
    Map<String, long[]> inputs = new HashMap<>();
    for (Circuit.Input input : circuit.inputs()) {
      long[] words = new long[instances * input.words()];
      for (int i = 0; i < words.length; i++) {
        words[i] = random.nextLong(1L << 40) % (ring instanceof Ring.Prime(long p) ? p : 1L << 32);
      }
      inputs.put(input.name(), words);
    }
    return inputs;
  }

  @Test
  void valuesOfThreeParties_areActivatedAsTheDefinitionSays() throws ProtocolAbortException {
    for (Ring ring : List.of(new Ring.Prime(PRIME), new Ring.PowerOfTwo(32))) {
      Circuit circuit = ActivationCircuits.printed(activation(ring));
      int instances = 130;
      Map<String, long[]> inputs = inputs(circuit, ring, instances);
      assertArrayEquals(
          ClearEvaluator.evaluate(circuit, instances, inputs), run(circuit, instances, inputs));
    }
  }

  @Test
  void traffic_isWhatTheFormulaSays() throws ProtocolAbortException {
    Ring ring = new Ring.PowerOfTwo(32);
    Circuit circuit = ActivationCircuits.printed(activation(ring));
    run(circuit, 70, inputs(circuit, ring, 70));
    Map<String, Long> expected = new TreeMap<>();
    GarblingTraffic traffic =
        new GarblingTraffic(
            PARTIES,
            options,
            (from, to, bytes) -> expected.merge(from + ">" + to, bytes, Long::sum));
    traffic.open();
    traffic.openForwarding(THIRD);
    traffic.inference();
    traffic.batch(circuit, 70);
    for (Circuit.Input input : circuit.inputs()) {
      if (FORWARDED.contains(input.name())) {
        traffic.forwardedInput(circuit, input.name(), 70, THIRD);
      } else if (!(input.kind() instanceof InputKind.SetupKnown)) {
        traffic.onlineInput(circuit, input.name(), 70);
      }
    }
    Map<String, Long> measured = new TreeMap<>();
    views.forEach(
        (party, view) -> {
          for (RecordingChannel.Entry entry : view.entries()) {
            if (entry.sent()) {
              long size = entry.frame().length - FrameHeader.BYTES;
              measured.merge(party + ">" + entry.envelope().peer(), size, Long::sum);
            }
          }
        });
    assertEquals(expected, measured);
  }

  private List<long[]> frames(PartyId party, boolean sent, String type)
      throws MalformedMessageException {
    List<long[]> messages = new java.util.ArrayList<>();
    for (RecordingChannel.Entry entry :
        java.util.Objects.requireNonNull(views.get(party)).entries()) {
      if (entry.sent() == sent && entry.envelope().type().equals(type)) {
        int length = entry.frame().length - FrameHeader.BYTES;
        messages.add(new WireReader(entry.frame(), FrameHeader.BYTES, length).words(length / 8));
      }
    }
    return messages;
  }

  /** Equal inputs, fair masked bits: the evaluator cannot tell what the third party has. */
  @Test
  void forwardedMaskedBits_doNotShowTheInput()
      throws ProtocolAbortException, MalformedMessageException {
    Circuit circuit = ActivationCircuits.printed(activation(new Ring.PowerOfTwo(32)));
    int instances = 128;
    Map<String, long[]> zeros = new HashMap<>();
    for (Circuit.Input input : circuit.inputs()) {
      zeros.put(input.name(), new long[instances * input.words()]);
    }
    run(circuit, instances, zeros);
    long ones = 0;
    long bits = 0;
    for (long[] planes : frames(THIRD, true, "masked-input")) {
      for (long plane : planes) {
        ones += Long.bitCount(plane);
        bits += 64;
      }
    }
    assertEquals(3 * 32 * instances, bits);
    assertEquals(bits / 2.0, ones, 6 * Math.sqrt(bits) / 2);
  }

  /** What the third party could open and what the evaluator got contains Δ nowhere. */
  @Test
  void thirdPartyAndEvaluator_findNoDifference()
      throws ProtocolAbortException, MalformedMessageException {
    Ring ring = new Ring.PowerOfTwo(32);
    Circuit circuit = ActivationCircuits.printed(activation(ring));
    run(circuit, 5, inputs(circuit, ring, 5));
    Delta delta =
        new Delta(random(PARTIES.garblers().getFirst()).fork("inference/0").fork("delta"));
    int blocks = 0;
    for (PartyId party : List.of(THIRD, PARTIES.evaluator())) {
      for (String type : List.of("labels", "forward-offer", "forward-choices", "rows")) {
        for (boolean sent : new boolean[] {true, false}) {
          for (long[] words : frames(party, sent, type)) {
            for (int i = 0; i + 1 < words.length; i += 2) {
              assertTrue(words[i] != delta.low() || words[i + 1] != delta.high(), type);
              blocks++;
            }
          }
        }
      }
    }
    assertTrue(blocks > 1000);
  }
}
