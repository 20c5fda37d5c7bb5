package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.InferencePlan.Traffic;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** The formula for every byte: predicted traffic equals measured traffic, per layer and link. */
final class SecoForecastProperties {
  private final SecoProtocol protocol =
      new SecoProtocol(new InsecureToyParameters(), UnaryOperator.identity());

  @Property(tries = 8)
  void predictedTraffic_equalsMeasuredTraffic(
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll @IntRange(min = 2, max = 4) int remoteServers,
      @ForAll @IntRange(min = 1, max = 2) int inferences,
      @ForAll boolean label,
      @ForAll boolean shortcuts,
      @ForAll long seed)
      throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel drawn =
        shortcuts
            ? RandomNets.withShortcuts(depth, random.fork("net"))
            : RandomNets.draw(depth, true, random.fork("net"));
    FixedModel model = label ? RandomNets.revealingLabel(drawn) : drawn;
    List<long[]> inputs =
        List.of(
                RandomNets.input(model, random.fork("1")),
                RandomNets.input(model, random.fork("2")))
            .subList(0, inferences);
    for (int cut : model.validCuts()) {
      SplitPlan split = new SplitPlan(cut, remoteServers);
      InferenceReport report =
          protocol.run(
              new InferenceRequest(model, split, inputs, RunOptions.STANDARD),
              ProgressListener.SILENT,
              random.fork("run " + cut));
      Map<Traffic.Flow, Traffic.Volume> measured = new HashMap<>();
      report
          .costs()
          .forEach(
              (party, meter) ->
                  meter
                      .links()
                      .forEach(
                          (link, cost) -> {
                            if (cost.messagesSent() > 0) {
                              measured.put(
                                  new Traffic.Flow(link.scope(), party, link.peer()),
                                  new Traffic.Volume(cost.messagesSent(), cost.bytesSent()));
                            }
                          }));
      assertFalse(measured.isEmpty());
      assertEquals(
          measured,
          Map.copyOf(
              protocol.plan(model, split, RunOptions.STANDARD, inferences).traffic().flows()));
    }
  }
}
