package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferencePlan.Traffic;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** Whole runs over simulated networks: so slow that computing does not count. */
final class SimulatedNetworkTest {
  private static final long HOUR = 3_600_000_000_000L;

  private final SecoProtocol protocol =
      new SecoProtocol(new InsecureToyParameters(), UnaryOperator.identity());
  private final SeededRandom random = SeededRandom.ofInsecureNumber(31);
  private final FixedModel model =
      RandomNets.fullyConnected(new int[] {5, 4, 3, 2}, random.fork("net"));
  private final long[] input = RandomNets.input(model, random.fork("input"));

  private InferenceReport run(int cut, NetworkShape network) throws ProtocolAbortException {
    InferenceReport report =
        protocol.run(
            new InferenceRequest(
                model, new SplitPlan(cut, 2), List.of(input), RunOptions.STANDARD.over(network)),
            ProgressListener.SILENT,
            random.fork(cut + " " + network));
    assertArrayEquals(FixedPointInterpreter.run(model, input), report.outputs().getFirst());
    return report;
  }

  private Traffic traffic(int cut) {
    return protocol.plan(model, new SplitPlan(cut, 2), RunOptions.STANDARD, 1).traffic();
  }

  @Test
  void resultTakesAsManyTripsAsPlanned_atEveryCut() throws ProtocolAbortException {
    for (int cut : model.validCuts()) {
      long waiting = run(cut, new NetworkShape(0, 2 * HOUR)).userWaitingNanos();
      assertEquals(traffic(cut).onlineTrips(), waiting / HOUR, "cut " + cut);
    }
  }

  @Test
  void phasesTakeAtLeastWhatIsPlanned() throws ProtocolAbortException {
    NetworkShape network = new NetworkShape(8000, 1_000_000);
    InferenceReport report = run(2, network);
    for (Phase phase : Phase.values()) {
      long least = traffic(2).leastNanos(phase, network, 1);
      long longest =
          report.costs().values().stream()
              .mapToLong(meter -> meter.total(phase).wallNanos())
              .max()
              .orElseThrow();
      assertTrue(least > 0 && longest >= least, phase + ": " + longest + " < " + least);
    }
  }
}
