package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.Bit;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.CircuitBuilder;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Word;
import org.secolab.mpcgc.halfgate.Bmr;
import org.secolab.mpcgc.halfgate.ConservativeRows;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.HalfGates;
import org.secolab.mpcgc.multiparty.GarblingOptions.Delivery;

/** Bytes on the wire: as the formula says, and as the design's table says. */
class GarblingTrafficTest {
  private static Map<String, Long> measured(Parties run) {
    Map<String, Long> bytes = new TreeMap<>();
    run.views.forEach(
        (party, view) -> {
          for (RecordingChannel.Entry entry : view.entries()) {
            if (entry.sent()) {
              long size = entry.frame().length - FrameHeader.BYTES;
              bytes.merge(party + ">" + entry.envelope().peer(), size, Long::sum);
            }
          }
        });
    return bytes;
  }

  @Test
  void formula_equalsWhatTravels() throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(2);
    Circuit circuit = RandomCircuits.circuit(3, 90, random);
    int instances = 65;
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, instances, random);
    for (GarblingScheme scheme : List.of(new HalfGates(), new ConservativeRows(), new Bmr())) {
      for (Delivery delivery : Delivery.values()) {
        Parties run = new Parties(3, 1);
        run.realBaseTransfers = scheme instanceof HalfGates;
        run.options = new GarblingOptions(scheme, delivery, 2);
        run.evaluate(circuit, instances, inputs);
        Map<String, Long> expected = new TreeMap<>();
        GarblingTraffic traffic =
            new GarblingTraffic(
                run.parties,
                run.options,
                (from, to, bytes) -> expected.merge(from + ">" + to, bytes, Long::sum));
        if (run.realBaseTransfers) {
          traffic.open();
        }
        traffic.inference();
        traffic.batch(circuit, instances);
        for (Circuit.Input input : circuit.inputs()) {
          if (!(input.kind() instanceof InputKind.SetupKnown)) {
            traffic.onlineInput(circuit, input.name(), instances);
          }
        }
        for (Circuit.Output output : circuit.outputs()) {
          if (output.garbler().isPresent()) {
            traffic.delivery(circuit, output.name(), instances);
          }
        }
        assertEquals(expected, measured(run), scheme + " " + delivery);
      }
    }
  }

  /** Bytes of rows into the evaluator per AND gate; the plane of lowest bits comes on top. */
  @ParameterizedTest
  @CsvSource({
    "1, 32, 32",
    "2, 160, 96",
    "3, 384, 144",
    "4, 704, 192",
  })
  void rowsIntoTheEvaluator_areThoseOfTheTable(int garblers, int direct, int summed)
      throws ProtocolAbortException {
    CircuitBuilder builder = new CircuitBuilder();
    List<Word> words = builder.inputs("y", new InputKind.EvaluatorInput(), 2, 16);
    List<Bit> bits = new ArrayList<>();
    for (int b = 0; b < 16; b++) {
      bits.add(builder.and(words.get(0).bit(b), words.get(1).bit(b)));
    }
    Circuit circuit = builder.output("x", new Word(bits)).build();
    int instances = 64;
    long ands = 16L * instances;
    for (Delivery delivery : Delivery.values()) {
      Parties run = new Parties(garblers, 1);
      run.options = new GarblingOptions(new HalfGates(), delivery, 4);
      Map<String, long[]> inputs = new HashMap<>(Map.of("y", new long[2 * instances]));
      run.evaluate(circuit, instances, inputs);
      long bytes = 0;
      RecordingChannel view = run.views.get(run.parties.evaluator());
      if (view == null) {
        throw new AssertionError("expected the evaluator's view");
      }
      for (RecordingChannel.Entry entry : view.entries()) {
        if (entry.envelope().type().equals("rows")) {
          bytes += entry.frame().length - FrameHeader.BYTES;
        }
      }
      long planes = garblers > 1 ? ands / 8 : 0;
      int expected = delivery == Delivery.DIRECT ? direct : summed;
      assertEquals(expected * ands, bytes - planes, delivery.toString());
    }
    long stored = GarblingTraffic.storedBytes(circuit, garblers, instances);
    long outputs = 8L * 16;
    assertEquals(summed * ands + (garblers > 1 ? ands / 8 : 0) + outputs, stored);
  }
}
