package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.OnlinePad;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SetupPad;
import org.secolab.protocol.inference.SplitPlan;

/** The leak that is left, the time to the result, and the pad that closes it, in real runs. */
final class TimingLeakageTest {
  /** Dozens of times what the deeper net takes. */
  private static final Duration PAD = Duration.ofSeconds(2);

  /** What a busy machine may add between the result's departure and the user's looking at it. */
  private static final Duration TOLERANCE = Duration.ofMillis(300);

  @Test
  void paddedResults_comeAtEqualTimes_whateverTheDepth() throws ProtocolAbortException {
    assertWaits(2, 3, 2);
    assertWaits(2, 3, 3, 3, 3, 2);
  }

  private static void assertWaits(int... sizes) throws ProtocolAbortException {
    OnlinePad pad = new OnlinePad(PAD);
    long waited = waited(RunOptions.STANDARD.padded(List.of(pad)), sizes);
    assertEquals(1, pad.onTime());
    assertEquals(0, pad.late());
    assertTrue(waited >= PAD.toNanos(), "waited " + waited);
    assertTrue(waited <= PAD.plus(TOLERANCE).toNanos(), "waited " + waited);
  }

  @Test
  void padThatIsTooShort_isReported() throws ProtocolAbortException {
    OnlinePad pad = new OnlinePad(Duration.ofNanos(1));
    waited(RunOptions.STANDARD.padded(List.of(pad)), 2, 3, 2);
    assertEquals(1, pad.late());
    assertEquals(0, pad.onTime());
  }

  /** Real programs: the servers' setup comes before the gateway's first word in preprocessing. */
  @Test
  void paddedSetups_areAnsweredAtTheirTime() throws ProtocolAbortException {
    SetupPad pad = new SetupPad(Duration.ofSeconds(3));
    long start = System.nanoTime();
    waited(RunOptions.STANDARD.padded(List.of(pad)), 2, 3, 3, 2);
    assertTrue(System.nanoTime() - start >= pad.length().toNanos());
    assertEquals(1, pad.onTime() + pad.late());
  }

  /** So slow a network that computing does not count: the pad runs on the simulated clock. */
  @Test
  void padOverASimulatedNetwork_countsItsTrips() throws ProtocolAbortException {
    long hour = Duration.ofHours(1).toNanos();
    RunOptions slow = RunOptions.STANDARD.over(new NetworkShape(0, 2 * hour));
    int[] sizes = {2, 3, 3, 2};
    long trips = waited(slow, sizes) / hour;
    assertTrue(trips > 2);

    OnlinePad tooShort = new OnlinePad(Duration.ofHours(1));
    assertEquals(trips, waited(slow.padded(List.of(tooShort)), sizes) / hour);
    assertEquals(1, tooShort.late());

    // The input's and the result's own trips are outside of it.
    Duration longEnough = Duration.ofHours(trips - 2).plusSeconds(1);
    OnlinePad pad = new OnlinePad(longEnough);
    long waited = waited(slow.padded(List.of(pad)), sizes);
    assertEquals(1, pad.onTime());
    assertTrue(waited >= longEnough.toNanos() + 2 * hour, "waited " + waited);
    assertEquals(trips, waited / hour);
  }

  private static long waited(RunOptions options, int... sizes) throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(sizes.length);
    FixedModel model = RandomNets.fullyConnected(sizes, random.fork("net"));
    return Execution.of(
            ToyDeployment.cut(model, new SplitPlan(0, 2), random.fork("deploy")).parts(),
            List.of(RandomNets.input(model, random.fork("input"))),
            party -> random.fork(party.name()),
            UnaryOperator.identity(),
            options)
        .userWaitingNanos();
  }
}
