package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Real views beside simulated ones: the distribution of every feature, and the correlation of every
 * pair of message features, agree; and they do not as soon as an honest party's masks are dropped.
 * Evidence, not proof. The largest coalitions that are claimed; a smaller one sees less.
 *
 * <p>{@value #INFERENCES} inferences each; all statistics of one comparison together raise a false
 * alarm with probability {@value #FALSE_ALARM}; seeds are fixed.
 */
final class SimulatedStatisticsTest {
  private static final int INFERENCES = 40;
  private static final double FALSE_ALARM = 0.001;
  private static final Set<String> MASKS = Set.of("masks", "pad");

  private record Case(SplitPlan split, Set<PartyId> coalition, PartyId honest) {}

  private static final List<Case> CASES =
      List.of(
          servers(SplitPlan.remote(2), SplitPlan.GATEWAY, SplitPlan.remote(1)),
          servers(SplitPlan.remote(1), SplitPlan.GATEWAY, SplitPlan.remote(2)),
          servers(SplitPlan.GATEWAY, SplitPlan.remote(1), SplitPlan.remote(2)),
          new Case(new SplitPlan(2, 2), Set.of(SplitPlan.USER), SplitPlan.GATEWAY),
          new Case(new SplitPlan(3, 2), Set.of(SplitPlan.USER), SplitPlan.GATEWAY),
          new Case(new SplitPlan(3, 2), Set.of(SplitPlan.GATEWAY), SplitPlan.USER));

  private static Case servers(PartyId honest, PartyId... members) {
    return new Case(new SplitPlan(0, 2), Set.of(members), honest);
  }

  @TestFactory
  Stream<DynamicTest> realViews_areStatisticallyLikeSimulatedOnes() {
    return CASES.stream()
        .map(
            one ->
                dynamicTest(
                    one.split() + " " + one.coalition(),
                    () -> assertEquals(List.of(), differences(one, false))));
  }

  @TestFactory
  Stream<DynamicTest> viewsWithoutAnHonestMask_areNot() {
    return CASES.stream()
        .map(
            one ->
                dynamicTest(
                    one.split() + " " + one.coalition(),
                    () -> assertFalse(differences(one, true).isEmpty())));
  }

  private static List<String> differences(Case one, boolean leaky) throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(CASES.indexOf(one));
    FixedModel model = RandomNets.fullyConnected(new int[] {2, 3, 2}, random.fork("net"));
    List<long[]> inputs = Collections.nCopies(INFERENCES, new long[] {12345, 678});
    DeployedModel deployed = ToyDeployment.cut(model, one.split(), random.fork("deploy"));
    long seed = random.nextLong();
    Function<PartyId, RandomSource> randomness =
        party -> {
          RandomSource own = SeededRandom.ofInsecureNumber(seed).fork(party.name());
          boolean dropped =
              one.coalition().contains(party) || (leaky && party.equals(one.honest()));
          return dropped ? new DroppedChoices(own, MASKS) : own;
        };
    Execution real = Execution.of(deployed.parts(), inputs, randomness, UnaryOperator.identity());
    Knowledge knowledge =
        Knowledge.of(one.coalition(), deployed, randomness, inputs, real.outputs());
    Map<PartyId, List<RecordingChannel.Entry>> simulated =
        Simulator.views(knowledge, random.fork("simulator"));
    List<List<RecordingChannel.Entry>> first =
        Views.inferences(real.views(), one.coalition(), INFERENCES);
    List<List<RecordingChannel.Entry>> second =
        Views.inferences(simulated, one.coalition(), INFERENCES);
    return ViewStatistics.differences(
        first.stream().map(Views::features).toList(),
        second.stream().map(Views::features).toList(),
        Views.means(first.getFirst()).length,
        FALSE_ALARM);
  }
}
