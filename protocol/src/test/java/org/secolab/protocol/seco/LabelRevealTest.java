package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** A model that reveals the class only: what the user is sent has no room for scores. */
final class LabelRevealTest {
  private static final int CLASSES = 5;

  private final InsecureToyParameters policy = new InsecureToyParameters();
  private final SecoProtocol protocol = new SecoProtocol(policy, UnaryOperator.identity());
  private final SeededRandom random = SeededRandom.ofInsecureNumber(41);
  private final FixedModel scores =
      RandomNets.fullyConnected(new int[] {6, 5, CLASSES}, random.fork("net"));
  private final FixedModel model = scores.revealingLabel();

  private InferenceReport run(int cut, long[] input, String seed) throws ProtocolAbortException {
    return protocol.run(
        new InferenceRequest(
            model, new SplitPlan(cut, 2), List.of(input), RunOptions.STANDARD.recordingViews()),
        ProgressListener.SILENT,
        random.fork(seed));
  }

  /** Two inputs of one class with different scores. */
  private long[][] twoOfOneClass() {
    RandomSource inputs = random.fork("inputs");
    long[] first = RandomNets.input(model, inputs.fork("first"));
    long[] label = FixedPointInterpreter.run(model, first);
    for (int i = 0; ; i++) {
      long[] second = RandomNets.input(model, inputs.fork("second " + i));
      if (Arrays.equals(label, FixedPointInterpreter.run(model, second))) {
        assertFalse(
            Arrays.equals(
                FixedPointInterpreter.run(scores, first),
                FixedPointInterpreter.run(scores, second)));
        return new long[][] {first, second};
      }
    }
  }

  private static List<RecordingChannel.Entry> userView(InferenceReport report) {
    return report.views().getOrDefault(SplitPlan.USER, List.of());
  }

  /** Everything about a view but the bytes. */
  private static List<String> structure(InferenceReport report) {
    return userView(report).stream()
        .map(entry -> entry.sent() + " " + entry.envelope() + " " + entry.frame().length)
        .toList();
  }

  private static List<byte[]> received(InferenceReport report, String type) {
    return userView(report).stream()
        .filter(
            entry ->
                !entry.sent()
                    && entry.envelope().type().equals(type)
                    && entry.envelope().scope().phase() == Phase.ONLINE)
        .map(RecordingChannel.Entry::frame)
        .toList();
  }

  @Test
  void inputsOfOneClass_giveTheUserTheSameResultAndViewsOfOneStructure()
      throws ProtocolAbortException {
    long[][] inputs = twoOfOneClass();
    for (int cut : model.validCuts()) {
      InferenceReport first = run(cut, inputs[0], cut + " first");
      InferenceReport second = run(cut, inputs[1], cut + " second");
      assertArrayEquals(first.outputs().getFirst(), second.outputs().getFirst());
      assertArrayEquals(FixedPointInterpreter.run(model, inputs[0]), first.outputs().getFirst());
      assertEquals(structure(first), structure(second));
      assertTrue(structure(first).size() > 3);
    }
  }

  @Test
  void encryptedResult_hasRoomForOneNumberOnly() throws ProtocolAbortException {
    long[] input = RandomNets.input(model, random.fork("input"));
    BfvParameters parameters =
        SecoPlan.of(model, new SplitPlan(2, 2), policy).gateway().choice().parameters();
    List<byte[]> results = received(run(2, input, "remote"), "encrypted-result");
    assertEquals(1, results.size());
    assertEquals(
        FrameHeader.BYTES
            + RoundedPolynomial.wireBytes(parameters, 1)
            + RnsPolynomial.wireBytes(parameters.ring()),
        results.getFirst().length);
  }

  /** Everything on the gateway: what comes last is one number, another one in every run. */
  @Test
  void decisionOnTheGateway_isSharedAnew() throws ProtocolAbortException {
    int all = model.layers().size();
    long[] input = RandomNets.input(model, random.fork("input"));
    long label = FixedPointInterpreter.run(model, input)[0];
    int oneNumber = FrameHeader.BYTES + WireWriter.packedBytes(1, model.modulus().bits());
    long first = -1;
    for (int run = 0; run < 2; run++) {
      InferenceReport report = run(all, input, "all " + run);
      List<byte[]> shares = received(report, "result-share");
      assertEquals(1, shares.size());
      assertEquals(oneNumber, shares.getFirst().length);
      byte[] share = shares.getFirst();
      long value = Arrays.hashCode(Arrays.copyOfRange(share, FrameHeader.BYTES, share.length));
      // The share is class − mask, new in every run.
      assertNotEquals(first, value);
      first = value;
      assertEquals(label, report.outputs().getFirst()[0]);
    }
  }
}
