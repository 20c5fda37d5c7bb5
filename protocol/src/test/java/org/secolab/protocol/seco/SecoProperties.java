package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** The theorem: whatever the net, the cut, the number of servers and the seed, bit for bit. */
final class SecoProperties {
  private final SecoProtocol protocol =
      new SecoProtocol(new InsecureToyParameters(), UnaryOperator.identity());

  @Property(tries = 25)
  void output_equalsPlaintext_atEveryCut(
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll boolean residual,
      @ForAll boolean label,
      @ForAll @IntRange(min = 2, max = 4) int remoteServers,
      @ForAll long seed)
      throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel drawn = RandomNets.draw(depth, residual, random.fork("net"));
    check(label ? RandomNets.revealingLabel(drawn) : drawn, remoteServers, random);
  }

  @Property(tries = 12)
  void output_equalsPlaintext_whereShortcutsCrossTheCut(
      @ForAll @IntRange(min = 2, max = 4) int depth,
      @ForAll @IntRange(min = 2, max = 3) int remoteServers,
      @ForAll long seed)
      throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    check(RandomNets.withShortcuts(depth, random.fork("net")), remoteServers, random);
  }

  private void check(FixedModel model, int remoteServers, SeededRandom random)
      throws ProtocolAbortException {
    long[] input = RandomNets.input(model, random.fork("input"));
    long[] expected = FixedPointInterpreter.run(model, input);
    for (int cut : model.validCuts()) {
      InferenceRequest request =
          new InferenceRequest(
              model, new SplitPlan(cut, remoteServers), List.of(input), RunOptions.STANDARD);
      InferenceReport report =
          protocol.run(request, ProgressListener.SILENT, random.fork("run " + cut));
      assertArrayEquals(
          expected, report.outputs().getFirst(), "cut " + cut + " of " + model.layers());
    }
  }
}
