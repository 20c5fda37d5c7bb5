package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.CircuitBuilder;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Word;

/** Outputs that one garbler alone learns: what it sees, and what the others see. */
class OutputsTest {
  private static final BatchId ID = new BatchId(0, 1, 0);
  private static final int INSTANCES = 8192;

  /** a ⊕ b, of garblers 0 and 1, to garbler 2. */
  private static Circuit sumToTheThird() {
    CircuitBuilder builder = new CircuitBuilder();
    Word a = builder.input("a", new InputKind.SetupKnown(0), 1);
    Word b = builder.input("b", new InputKind.SetupKnown(1), 1);
    Word sum = new Word(List.of(builder.xor(a.bit(0), b.bit(0))));
    return builder.outputTo(2, "x", sum).build();
  }

  private static Map<String, long[]> inputs(long a, long b) {
    long[] first = new long[INSTANCES];
    long[] second = new long[INSTANCES];
    Arrays.fill(first, a);
    Arrays.fill(second, b);
    return Map.of("a", first, "b", second);
  }

  private static List<RecordingChannel.Entry> received(Parties run, PartyId party, String type) {
    return Objects.requireNonNull(run.views.get(party)).entries().stream()
        .filter(entry -> !entry.sent() && entry.envelope().type().equals(type))
        .toList();
  }

  private static long[] words(RecordingChannel.Entry entry) throws MalformedMessageException {
    int length = entry.frame().length - FrameHeader.BYTES;
    return new WireReader(entry.frame(), FrameHeader.BYTES, length).words(length / 8);
  }

  /**
   * Without the sharing of zero the third garbler would receive a from one and b from the other.
   */
  @Test
  void sumToAGarbler_revealsNeitherSummandToIt()
      throws ProtocolAbortException, MalformedMessageException {
    Circuit circuit = sumToTheThird();
    for (long a = 0; a < 2; a++) {
      Parties run = new Parties(3, 12);
      long[] result = run.evaluate(circuit, INSTANCES, inputs(a, 1 - a));
      assertEquals(INSTANCES, Arrays.stream(result).sum());
      List<RecordingChannel.Entry> shares =
          received(run, run.parties.garblers().get(2), "output-masks");
      assertEquals(2, shares.size());
      for (RecordingChannel.Entry share : shares) {
        long ones = Arrays.stream(words(share)).map(Long::bitCount).sum();
        // Six standard deviations.
        assertEquals(INSTANCES / 2.0, ones, 6 * Math.sqrt(INSTANCES) / 2);
      }
    }
  }

  @Test
  void outputOfAGarbler_reachesNobodyElse() throws ProtocolAbortException {
    CircuitBuilder builder = new CircuitBuilder();
    Word y = builder.input("y", new InputKind.EvaluatorInput(), 8);
    Word a = builder.input("a", new InputKind.SetupKnown(0), 8);
    Word product = new org.secolab.mpcgc.circuit.Words(builder).multiply(y, a);
    Circuit circuit = builder.outputTo(0, "x", product).build();
    Parties run = new Parties(2, 13);
    long[] y0 = {3, 7};
    long[] result = run.evaluate(circuit, 2, Map.of("y", y0, "a", new long[] {5, 11}));
    assertArrayEquals(new long[] {15, 77}, result);
    assertTrue(received(run, run.parties.evaluator(), "output-masks").isEmpty());
    assertTrue(received(run, run.parties.garblers().get(1), "output-masks").isEmpty());
    assertTrue(received(run, run.parties.garblers().get(1), "masked-output").isEmpty());
    assertEquals(1, received(run, run.parties.garblers().get(0), "output-masks").size());
    assertEquals(1, received(run, run.parties.garblers().get(0), "masked-output").size());
  }

  @Test
  void secondDeliveryAndOutputsOfOthers_areRefused() throws ProtocolAbortException {
    Circuit circuit = sumToTheThird();
    Map<String, long[]> inputs = inputs(1, 0);
    new Parties(3, 14)
        .run(
            (session, self, garbler, random) -> {
              Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
              GarbledBatch batch = garbler.garble(session, ID, circuit, INSTANCES, own, random);
              if (self == 2) {
                assertEquals(INSTANCES, Arrays.stream(batch.learn(session, "x")).sum());
              }
              assertThrows(IllegalArgumentException.class, () -> batch.learn(session, "x"));
            },
            (session, evaluator, random) -> {
              EvaluationBatch batch = evaluator.receive(session, ID, circuit, INSTANCES, random);
              assertThrows(IllegalArgumentException.class, () -> batch.deliver(session, "x"));
              assertEquals(0, batch.evaluate().length);
              batch.deliver(session, "x");
              assertThrows(IllegalArgumentException.class, () -> batch.deliver(session, "x"));
              return new long[0];
            });
  }

  @Test
  void outputToSomebodyWhoDoesNotGarble_isRefused() {
    Circuit circuit = sumToTheThird();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Layout(circuit, new org.secolab.mpcgc.halfgate.HalfGates(), 2, 1).requireOwners());
  }
}
