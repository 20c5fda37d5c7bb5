package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.halfgate.HalfGates;
import org.secolab.mpcgc.label.Planes;

/**
 * A last pass that is shorter than the ones before: the planes it sends must not carry bits of
 * theirs behind its own. Results do not show that; the evaluator could read wire masks there.
 */
final class PassTailTest {
  @Test
  void bitsBehindTheLastInstance_areNeverSent()
      throws ProtocolAbortException, MalformedMessageException {
    for (int garblers = 1; garblers <= 2; garblers++) {
      RandomSource random = SeededRandom.ofInsecureNumber(garblers);
      Circuit circuit = RandomCircuits.circuit(garblers, 3000, random);
      Layout many = new Layout(circuit, new HalfGates(), garblers, 1 << 20);
      int tail = 5;
      int instances = many.passInstances + tail;
      Map<String, long[]> inputs = RandomCircuits.inputs(circuit, instances, random);
      Parties parties = new Parties(garblers, garblers);
      parties.evaluate(circuit, instances, inputs);
      List<long[]> messages = outputMasks(parties);
      assertEquals(2 * garblers, messages.size());
      long seen = 0;
      for (long[] planes : messages.subList(garblers, 2 * garblers)) {
        int outputBits = 16 + 20;
        assertEquals(outputBits * Planes.words(tail), planes.length);
        for (long plane : planes) {
          assertEquals(0, plane >>> tail);
          seen |= plane;
        }
      }
      assertTrue(seen != 0, "expected masks of the last pass");
    }
  }

  /** What the evaluator got, pass by pass. */
  private static List<long[]> outputMasks(Parties parties) throws MalformedMessageException {
    List<byte[]> frames =
        Objects.requireNonNull(parties.views.get(parties.parties.evaluator())).entries().stream()
            .filter(entry -> !entry.sent() && entry.envelope().type().equals("output-masks"))
            .map(RecordingChannel.Entry::frame)
            .toList();
    long[][] messages = new long[frames.size()][];
    for (int i = 0; i < messages.length; i++) {
      byte[] frame = frames.get(i);
      int length = frame.length - FrameHeader.BYTES;
      messages[i] = new WireReader(frame, FrameHeader.BYTES, length).words(length / 8);
    }
    return Arrays.asList(messages);
  }
}
