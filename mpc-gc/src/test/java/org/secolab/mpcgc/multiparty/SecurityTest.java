package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.Bit;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.CircuitBuilder;
import org.secolab.mpcgc.circuit.ClearEvaluator;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Word;
import org.secolab.mpcgc.halfgate.HalfGates;
import org.secolab.mpcgc.label.Delta;

/** What correctness cannot see. */
@Timeout(60)
class SecurityTest {
  /** A block of 128 bits as a key of sets. */
  private record Block(long low, long high) {
    Block xor(Delta delta) {
      return new Block(low ^ delta.low(), high ^ delta.high());
    }
  }

  private static final double SIGNIFICANCE = 1e-6;

  /** Operands known in setup against the evaluator's: the rows whose pads are most at risk. */
  private static Circuit mixed(int garblers) {
    CircuitBuilder builder = new CircuitBuilder();
    Word y = builder.input("y", new InputKind.EvaluatorInput(), 3);
    List<Bit> results = new ArrayList<>();
    List<Word> known = new ArrayList<>();
    for (int i = 0; i < garblers; i++) {
      known.add(builder.input("setup." + i, new InputKind.SetupKnown(i), 3));
    }
    // Behind the known ones, so that these are the left operands, too.
    Word z = builder.input("z", new InputKind.EvaluatorInput(), 3);
    for (Word word : known) {
      for (int b = 0; b < 3; b++) {
        results.add(builder.and(word.bit(b), y.bit(b)));
        results.add(builder.and(word.bit(b), z.bit(b)));
        results.add(builder.and(builder.and(word.bit(b), y.bit((b + 1) % 3)), y.bit(b)));
      }
    }
    return builder.output("x", new Word(results)).build();
  }

  private static List<RecordingChannel.Entry> frames(Parties run, PartyId party, String type) {
    RecordingChannel view = run.views.get(party);
    if (view == null) {
      throw new AssertionError("expected a view of " + party);
    }
    return view.entries().stream()
        .filter(entry -> type.isEmpty() || entry.envelope().type().equals(type))
        .toList();
  }

  private static long[] words(RecordingChannel.Entry entry) {
    byte[] frame = entry.frame();
    int length = frame.length - FrameHeader.BYTES;
    try {
      return new WireReader(frame, FrameHeader.BYTES, length).words(length / 8);
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  /** The Δ that {@code garbler} drew in {@code inference}: the run is reproducible. */
  private static Delta delta(Parties run, int garbler, int inference) {
    return new Delta(run.random(garbler).fork("inference/" + inference).fork("delta"));
  }

  @Test
  void sameSeed_givesTheSameBytesOnEveryLink() throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(1);
    Circuit circuit = RandomCircuits.circuit(2, 40, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, 70, random);
    Parties first = new Parties(2, 5);
    Parties second = new Parties(2, 5);
    first.evaluate(circuit, 70, inputs);
    second.evaluate(circuit, 70, inputs);
    for (PartyId party : first.views.keySet()) {
      List<RecordingChannel.Entry> mine = frames(first, party, "");
      List<RecordingChannel.Entry> theirs = frames(second, party, "");
      assertEquals(mine.size(), theirs.size());
      for (int i = 0; i < mine.size(); i++) {
        assertArrayEquals(mine.get(i).frame(), theirs.get(i).frame());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void rowsOfTwoRunsOnEqualInputs_differAndLookUniform(int garblers) throws ProtocolAbortException {
    Circuit circuit = mixed(garblers);
    int instances = 256;
    Map<String, long[]> inputs = zeros(circuit, instances);
    Set<Long> seen = new HashSet<>();
    long[] bytes = new long[256];
    int count = 0;
    for (long seed = 0; seed < 2; seed++) {
      Parties run = new Parties(garblers, seed);
      run.evaluate(circuit, instances, inputs);
      for (RecordingChannel.Entry entry : frames(run, run.parties.evaluator(), "rows")) {
        for (long word : words(entry)) {
          seen.add(word);
          count++;
          for (int b = 0; b < 8; b++) {
            bytes[(int) (word >>> (8 * b) & 0xff)]++;
          }
        }
      }
    }
    assertTrue(count > 1000);
    assertEquals(count, seen.size(), "no 64-bit word of a row appears twice");
    double[] expected = new double[256];
    java.util.Arrays.fill(expected, 1);
    assertTrue(new ChiSquareTest().chiSquareTest(expected, bytes) > SIGNIFICANCE);
  }

  private static Map<String, long[]> zeros(Circuit circuit, int instances) {
    Map<String, long[]> inputs = new HashMap<>();
    for (Circuit.Input input : circuit.inputs()) {
      inputs.put(input.name(), new long[instances * input.words()]);
    }
    return inputs;
  }

  /** Bits that travel alone must be fair coins even when all inputs are zero. */
  @ParameterizedTest
  @ValueSource(strings = {"product-bits", "product-corrections", "masked-input", "output-masks"})
  void maskedBits_areFair(String type) throws ProtocolAbortException {
    Circuit circuit = mixed(2);
    int instances = 4096;
    Parties run = new Parties(2, 3);
    run.evaluate(circuit, instances, zeros(circuit, instances));
    long ones = 0;
    long bits = 0;
    for (PartyId party : run.views.keySet()) {
      for (RecordingChannel.Entry entry : frames(run, party, type)) {
        if (entry.sent()) {
          for (long word : words(entry)) {
            ones += Long.bitCount(word);
            bits += 64;
          }
        }
      }
    }
    assertTrue(bits >= 4096, "bits: " + bits);
    double[] expected = {1, 1};
    long[] observed = {ones, bits - ones};
    assertTrue(new ChiSquareTest().chiSquareTest(expected, observed) > SIGNIFICANCE, type);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void padsOfSetupKnownWires_neverRepeat(int garblers) throws ProtocolAbortException {
    Circuit circuit = mixed(garblers);
    int instances = 70;
    List<BatchId> batches =
        List.of(
            new BatchId(0, 0, 0),
            new BatchId(0, 0, 1),
            new BatchId(0, 1, 0),
            new BatchId(1, 0, 0),
            new BatchId(1, 1, 0));
    Parties run = new Parties(garblers, 9);
    Map<String, long[]> inputs = zeros(circuit, instances);
    run.run(
        (session, self, garbler, random) -> {
          for (BatchId id : batches) {
            Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
            garbler.garble(session, id, circuit, instances, own, random).close();
          }
        },
        (session, evaluator, random) -> {
          for (BatchId id : batches) {
            evaluator.receive(session, id, circuit, instances, random).close();
          }
          return new long[0];
        });
    Set<Block> rows = new HashSet<>();
    int count = 0;
    for (int i = 0; i < garblers; i++) {
      for (RecordingChannel.Entry entry : frames(run, run.parties.garblers().get(i), "rows")) {
        long[] words = words(entry);
        int planes = i == 0 && garblers > 1 ? words.length % (16 * 70) : 0;
        for (int w = 0; w + 1 < words.length - planes; w += 2) {
          rows.add(new Block(words[w], words[w + 1]));
          count++;
        }
      }
    }
    assertEquals(count, rows.size(), "two rows are equal: a pad repeats");
    for (int i = 0; i < garblers; i++) {
      for (int inference = 0; inference < 2; inference++) {
        Delta delta = delta(run, i, inference);
        assertTrue(
            rows.stream().noneMatch(row -> rows.contains(row.xor(delta))),
            "two rows differ by a Δ");
      }
    }
  }

  /** A coalition of the evaluator and all garblers but one sees no two blocks that differ by Δ. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void viewOfAllButOneGarbler_holdsNeitherItsDeltaNorBothLabelsOfAWire(int garblers)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(garblers);
    Circuit circuit = RandomCircuits.circuit(garblers, 60, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, 64, random);
    for (int honest = 0; honest < garblers; honest++) {
      Parties run = new Parties(garblers, 20 + honest);
      run.evaluate(circuit, 64, inputs);
      Delta delta = delta(run, honest, 0);
      Set<Block> blocks = new HashSet<>(List.of(new Block(0, 0)));
      for (PartyId party : run.views.keySet()) {
        if (!party.equals(run.parties.garblers().get(honest))) {
          for (RecordingChannel.Entry entry : frames(run, party, "")) {
            long[] words = words(entry);
            for (int w = 0; w + 1 < words.length; w++) {
              blocks.add(new Block(words[w], words[w + 1]));
            }
          }
        }
      }
      assertTrue(blocks.stream().noneMatch(block -> blocks.contains(block.xor(delta))));
    }
  }

  @Test
  void masksOfInnerWires_neverTravel() throws ProtocolAbortException {
    Circuit circuit = mixed(2);
    int instances = 128;
    Parties run = new Parties(2, 4);
    run.evaluate(circuit, instances, zeros(circuit, instances));
    for (int self = 0; self < 2; self++) {
      // The choices of this garbler's transfers are its masks and the c of its products.
      int places = new Layout(circuit, new HalfGates(), 2, instances).transferPlaces(self).length;
      long[] choices = new long[places * instances / 64];
      run.random(self).fork("batch/0/1/0").fork("choices").fill(choices);
      Set<Long> masks = new HashSet<>();
      for (long choice : choices) {
        masks.add(choice);
      }
      for (RecordingChannel.Entry entry : frames(run, run.parties.garblers().get(self), "")) {
        if (entry.sent()) {
          for (long word : words(entry)) {
            assertFalse(masks.contains(word), entry.envelope().type());
          }
        }
      }
    }
  }

  /** Without the sharing of zero each garbler's output mask would be its private input. */
  @Test
  void sumOfInputsKnownInSetup_revealsNeitherOfThem() throws ProtocolAbortException {
    CircuitBuilder builder = new CircuitBuilder();
    Word a = builder.input("a", new InputKind.SetupKnown(0), 1);
    Word b = builder.input("b", new InputKind.SetupKnown(1), 1);
    Circuit circuit =
        builder.output("x", new Word(List.of(builder.xor(a.bit(0), b.bit(0))))).build();
    int instances = 8192;
    long[] ones = new long[instances];
    java.util.Arrays.fill(ones, 1);
    for (boolean first : new boolean[] {true, false}) {
      Map<String, long[]> inputs =
          Map.of(
              "a", first ? ones : new long[instances],
              "b", first ? new long[instances] : ones);
      Parties run = new Parties(2, 6);
      assertArrayEquals(ones, run.evaluate(circuit, instances, inputs));
      for (PartyId garbler : run.parties.garblers()) {
        long[] shares = words(frames(run, garbler, "output-masks").getFirst());
        long count = java.util.Arrays.stream(shares).map(Long::bitCount).sum();
        // Six standard deviations.
        assertEquals(instances / 2.0, count, 6 * Math.sqrt(instances) / 2);
      }
    }
  }

  @Test
  void everyInference_hasItsOwnDifference() throws ProtocolAbortException {
    Circuit circuit = mixed(2);
    Map<String, long[]> inputs = zeros(circuit, 1);
    Parties run = new Parties(2, 1);
    Set<Block> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
    run.run(
        (session, self, garbler, random) -> {
          Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
          for (int inference = 0; inference < 3; inference++) {
            BatchId id = new BatchId(inference, 0, 0);
            GarbledBatch batch = garbler.garble(session, id, circuit, 1, own, random);
            Delta expected = delta(run, self, inference);
            assertEquals(expected.low(), batch.delta.low(), "the Δ that other tests look for");
            assertEquals(1, batch.delta.low() & 1);
            seen.add(new Block(batch.delta.low(), batch.delta.high()));
          }
        },
        (session, evaluator, random) -> {
          for (int inference = 0; inference < 3; inference++) {
            BatchId id = new BatchId(inference, 0, 0);
            evaluator.receive(session, id, circuit, 1, random).close();
          }
          return new long[0];
        });
    assertEquals(6, seen.size(), "two garblers, three inferences");
  }

  @Test
  void secondUse_isRefused() throws ProtocolAbortException {
    CircuitBuilder builder = new CircuitBuilder();
    Word y = builder.input("y", new InputKind.EvaluatorInput(), 4);
    Word z = builder.input("z", new InputKind.GarblerOnline(0), 4);
    List<Bit> bits = new ArrayList<>();
    for (int b = 0; b < 4; b++) {
      bits.add(builder.and(y.bit(b), z.bit(b)));
    }
    Circuit circuit = builder.output("x", new Word(bits)).build();
    BatchId id = new BatchId(0, 0, 0);
    long[] values = {5, 6};
    Map<String, long[]> inputs = Map.of("y", values, "z", values);
    long[] result =
        new Parties(2, 8)
            .run(
                (session, self, garbler, random) -> {
                  GarbledBatch batch = garbler.garble(session, id, circuit, 2, Map.of(), random);
                  Parties.handOver(session, self, batch, circuit, inputs);
                  assertThrows(IllegalArgumentException.class, () -> batch.answer(session, "y"));
                  if (self == 0) {
                    assertThrows(
                        IllegalArgumentException.class, () -> batch.provide(session, "z", values));
                  }
                },
                (session, evaluator, random) -> {
                  EvaluationBatch batch = evaluator.receive(session, id, circuit, 2, random);
                  assertThrows(IllegalStateException.class, batch::evaluate);
                  Parties.take(session, batch, circuit, inputs);
                  assertThrows(
                      IllegalArgumentException.class, () -> batch.supply(session, "y", values));
                  long[] first = batch.evaluate();
                  assertThrows(IllegalStateException.class, batch::evaluate);
                  return first;
                });
    assertArrayEquals(ClearEvaluator.evaluate(circuit, 2, inputs), result);
  }

  @Test
  void closedBatch_handsNothingOverAndForgetsItsDifference() throws ProtocolAbortException {
    CircuitBuilder builder = new CircuitBuilder();
    Word y = builder.input("y", new InputKind.EvaluatorInput(), 2);
    Word z = builder.input("z", new InputKind.GarblerOnline(0), 2);
    Bit both = builder.and(y.bit(0), z.bit(0));
    Circuit circuit = builder.outputTo(0, "x", new Word(List.of(both))).build();
    BatchId id = new BatchId(0, 0, 0);
    new Parties(1, 8)
        .run(
            (session, self, garbler, random) -> {
              GarbledBatch batch = garbler.garble(session, id, circuit, 1, Map.of(), random);
              batch.close();
              assertThrows(IllegalArgumentException.class, () -> batch.answer(session, "y"));
              assertThrows(
                  IllegalArgumentException.class,
                  () -> batch.provide(session, "z", new long[] {1}));
              assertThrows(IllegalArgumentException.class, () -> batch.learn(session, "x"));
              assertEquals(0, batch.delta.low() | batch.delta.high());
            },
            (session, evaluator, random) -> {
              evaluator.receive(session, id, circuit, 1, random).close();
              return new long[0];
            });
  }

  @Test
  void batchUsedBefore_isRefused() throws ProtocolAbortException {
    Circuit circuit = mixed(1);
    BatchId id = new BatchId(3, 0, 0);
    Map<String, long[]> own = Parties.setupInputs(circuit, 0, zeros(circuit, 1));
    new Parties(1, 8)
        .run(
            (session, self, garbler, random) -> {
              garbler.garble(session, id, circuit, 1, own, random).close();
              assertThrows(
                  IllegalArgumentException.class,
                  () -> garbler.garble(session, id, circuit, 1, own, random.fork("again")));
              assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      garbler.garble(
                          session, new BatchId(2, 0, 0), circuit, 1, own, random.fork("earlier")));
            },
            (session, evaluator, random) -> {
              evaluator.receive(session, id, circuit, 1, random).close();
              assertThrows(
                  IllegalArgumentException.class,
                  () -> evaluator.receive(session, id, circuit, 1, random.fork("again")));
              return new long[0];
            });
  }

  @Test
  void partiesWithDifferentCircuits_abortWithABlame() {
    BatchId id = new BatchId(0, 0, 0);
    Circuit mine = mixed(1);
    Circuit other = RandomCircuits.circuit(1, 10, SeededRandom.ofInsecureNumber(1));
    Map<String, long[]> own = Parties.setupInputs(mine, 0, zeros(mine, 1));
    ProtocolAbortException abort =
        assertThrows(
            ProtocolAbortException.class,
            () ->
                new Parties(1, 8)
                    .run(
                        (session, self, garbler, random) ->
                            garbler.garble(session, id, mine, 1, own, random),
                        (session, evaluator, random) -> {
                          evaluator.receive(session, id, other, 1, random);
                          return new long[0];
                        }));
    assertTrue(abort.getMessage().contains("BatchId"), abort.getMessage());
  }

  /** Semi-honest garbling detects no lies; but whatever is flipped, nothing breaks. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rows", "labels", "output-masks", "masked-input", "product-bits", "seed-trees"})
  void flippedBit_givesAnotherResultOrAnAbortButNeverACrash(String type) {
    RandomSource random = SeededRandom.ofInsecureNumber(31);
    Circuit circuit = RandomCircuits.circuit(2, 60, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, 64, random);
    int changed = 0;
    for (int at = 0; at < 6; at++) {
      Parties run = new Parties(2, 77);
      int position = at;
      run.tamper =
          (envelope, frame) -> {
            // Two equal flips by both garblers could cancel: byte 5 is the sender.
            if (!envelope.type().equals(type) || frame[5] == 2) {
              return frame;
            }
            byte[] copy = frame.clone();
            int body = copy.length - FrameHeader.BYTES;
            copy[FrameHeader.BYTES + (int) ((long) position * (body - 1) / 5)] ^= 1;
            return copy;
          };
      try {
        long[] result = run.evaluate(circuit, 64, inputs);
        boolean same =
            java.util.Arrays.equals(ClearEvaluator.evaluate(circuit, 64, inputs), result);
        changed += same ? 0 : 1;
      } catch (ProtocolAbortException e) {
        changed++;
      }
    }
    assertTrue(changed > 0, "no flipped bit of " + type + " mattered");
  }

  /**
   * What hangs on a wrong label is a coin, not the right value nor a chosen one: the flipped bit is
   * far from the one that points, so only the hash can carry it there.
   */
  @Test
  void wrongLabels_giveCoins() throws ProtocolAbortException {
    assertEquals(0.5, wrongAfterFlips("labels"), 0.05);
  }

  /** A row counts for half of all points, and its error becomes a coin in the next gate. */
  @Test
  void wrongTableBits_giveCoinsInTheNextGate() throws ProtocolAbortException {
    assertEquals(0.25, wrongAfterFlips("rows"), 0.05);
  }

  /** The part of all results of two ANDs in a row that a bit in every block makes wrong. */
  private static double wrongAfterFlips(String type) throws ProtocolAbortException {
    CircuitBuilder builder = new CircuitBuilder();
    List<Word> inputs = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      inputs.add(builder.input(name, new InputKind.EvaluatorInput(), 8));
    }
    List<Bit> bits = new ArrayList<>();
    for (int b = 0; b < 8; b++) {
      Bit first = builder.and(inputs.get(0).bit(b), inputs.get(1).bit(b));
      bits.add(builder.and(first, inputs.get(2).bit(b)));
    }
    Circuit circuit = builder.output("x", new Word(bits)).build();
    int instances = 512;
    Map<String, long[]> values =
        RandomCircuits.inputs(circuit, instances, SeededRandom.ofInsecureNumber(41));
    Parties run = new Parties(1, 42);
    run.tamper =
        (envelope, frame) -> {
          if (!envelope.type().equals(type)) {
            return frame;
          }
          byte[] copy = frame.clone();
          for (int high = FrameHeader.BYTES + 8; high < copy.length; high += 16) {
            copy[high] ^= 2;
          }
          return copy;
        };
    long[] right = ClearEvaluator.evaluate(circuit, instances, values);
    long[] result = run.evaluate(circuit, instances, values);
    long wrong = 0;
    for (int i = 0; i < instances; i++) {
      wrong += Long.bitCount(right[i] ^ result[i]);
    }
    return wrong / (8.0 * instances);
  }
}
