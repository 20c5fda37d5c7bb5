package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.TamperingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** What goes over the links: reproducible, complete, and refused when it is broken. */
final class SecoMessagesTest {
  /** A link and a type of message on it. */
  private record Kind(PartyId from, PartyId to, String type) {}

  private static final FixedModel MODEL =
      RandomNets.draw(3, false, SeededRandom.ofInsecureNumber(3));

  private static InferenceReport run(long seed, UnaryOperator<Channel> links)
      throws ProtocolAbortException {
    long[] input = RandomNets.input(MODEL, SeededRandom.ofInsecureNumber(4));
    return new SecoProtocol(new InsecureToyParameters(), links)
        .run(
            new InferenceRequest(
                MODEL,
                new SplitPlan(MODEL.validCuts().get(1), 3),
                List.of(input, input),
                RunOptions.STANDARD.recordingViews()),
            ProgressListener.SILENT,
            SeededRandom.ofInsecureNumber(seed));
  }

  /** The frames of every directed link, as their receivers saw them. */
  private static Map<Kind, List<byte[]>> traffic(InferenceReport report) {
    Map<Kind, List<byte[]>> traffic = new LinkedHashMap<>();
    report
        .views()
        .forEach(
            (party, view) -> {
              for (RecordingChannel.Entry entry : view) {
                if (!entry.sent()) {
                  Kind kind = new Kind(entry.envelope().peer(), party, entry.envelope().type());
                  traffic.computeIfAbsent(kind, _ -> new ArrayList<>()).add(entry.frame());
                }
              }
            });
    return traffic;
  }

  @Test
  void sameSeed_sameTrace_otherSeed_otherTrace() throws ProtocolAbortException {
    Map<Kind, List<byte[]>> first = traffic(run(7, UnaryOperator.identity()));
    Map<Kind, List<byte[]>> again = traffic(run(7, UnaryOperator.identity()));
    Map<Kind, List<byte[]>> other = traffic(run(8, UnaryOperator.identity()));
    assertTrue(first.size() > 20, "expected many kinds of messages, got " + first.size());
    assertEquals(first.keySet(), again.keySet());
    assertEquals(first.keySet(), other.keySet());
    first.forEach(
        (kind, frames) -> {
          assertEquals(frames.size(), again.get(kind).size());
          assertEquals(frames.size(), other.get(kind).size());
          for (int i = 0; i < frames.size(); i++) {
            assertArrayEquals(frames.get(i), again.get(kind).get(i), kind.toString());
            assertEquals(frames.get(i).length, other.get(kind).get(i).length, kind.toString());
            assertFalse(Arrays.equals(frames.get(i), other.get(kind).get(i)), kind.toString());
          }
        });
  }

  @Test
  void booksOfAllParties_balance() throws ProtocolAbortException {
    InferenceReport report = run(9, UnaryOperator.identity());
    for (Phase phase : Phase.values()) {
      long sent = 0;
      long received = 0;
      for (var meter : report.costs().values()) {
        Cost cost = meter.total(phase);
        sent += cost.bytesSent();
        received += cost.bytesReceived();
      }
      assertEquals(sent, received, phase.label());
      assertTrue(sent > 0, phase.label());
    }
    report
        .peakMaterialBytes()
        .forEach((party, bytes) -> assertTrue(bytes > 0, party + " holds material"));
    assertEquals(report.costs().keySet(), report.peakMaterialBytes().keySet());
  }

  @Test
  void userTalksToTheGatewayOnly() throws ProtocolAbortException {
    run(10, UnaryOperator.identity())
        .views()
        .get(SplitPlan.USER)
        .forEach(entry -> assertEquals(SplitPlan.GATEWAY, entry.envelope().peer()));
  }

  @Test
  void everyKindOfMessage_ofWrongLength_namesItsSender() throws ProtocolAbortException {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    traffic(run(11, UnaryOperator.identity()))
        .keySet()
        .forEach(kind -> kinds.put(kind.type(), kind));
    assertTrue(kinds.size() > 15, "expected many kinds of messages, got " + kinds.keySet());
    for (Kind kind : kinds.values()) {
      AtomicBoolean done = new AtomicBoolean();
      UnaryOperator<Channel> links =
          channel ->
              !channel.self().equals(kind.from())
                  ? channel
                  : new TamperingChannel(
                      channel,
                      (envelope, frame) ->
                          envelope.peer().equals(kind.to())
                                  && envelope.type().equals(kind.type())
                                  && done.compareAndSet(false, true)
                              ? ofWrongLength(frame)
                              : frame);
      ProtocolAbortException abort =
          assertThrows(ProtocolAbortException.class, () -> run(11, links), kind.toString());
      assertEquals(kind.from(), abort.blamed(), kind.toString());
    }
  }

  /** One byte less, or more where there is none, with a header that says so. */
  private static byte[] ofWrongLength(byte[] frame) {
    int change = frame.length > FrameHeader.BYTES ? -1 : 1;
    byte[] result = Arrays.copyOf(frame, frame.length + change);
    int length = result.length - FrameHeader.BYTES;
    for (int i = 0; i < 4; i++) {
      result[FrameHeader.BYTES - 4 + i] = (byte) (length >>> (8 * i));
    }
    return result;
  }
}
