package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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

  private record Case(SplitPlan split, Set<PartyId> coalition, PartyId honest, boolean shortcut) {
    /** Of two linear layers; with a shortcut, two tensors cross the cut. */
    FixedModel model(RandomSource random) {
      if (!shortcut) {
        return RandomNets.fullyConnected(new int[] {2, 3, 2}, random);
      }
      FixedModel model = RandomNets.withShortcuts(2, random);
      while (model.crossing(split.cut()).size() < 2) {
        model = RandomNets.withShortcuts(2, random);
      }
      return model;
    }
  }

  private static final List<Case> CASES =
      List.of(
          servers(0, SplitPlan.remote(2), SplitPlan.GATEWAY, SplitPlan.remote(1)),
          servers(0, SplitPlan.remote(1), SplitPlan.GATEWAY, SplitPlan.remote(2)),
          servers(0, SplitPlan.GATEWAY, SplitPlan.remote(1), SplitPlan.remote(2)),
          user(2, false),
          user(3, false),
          new Case(new SplitPlan(3, 2), Set.of(SplitPlan.GATEWAY), SplitPlan.USER, false),
          user(2, true),
          new Case(new SplitPlan(2, 2), Set.of(SplitPlan.GATEWAY), SplitPlan.USER, true));

  private static Case servers(int cut, PartyId honest, PartyId... members) {
    return new Case(new SplitPlan(cut, 2), Set.of(members), honest, false);
  }

  private static Case user(int cut, boolean shortcut) {
    return new Case(new SplitPlan(cut, 2), Set.of(SplitPlan.USER), SplitPlan.GATEWAY, shortcut);
  }

  @TestFactory
  Stream<DynamicTest> realViews_areStatisticallyLikeSimulatedOnes_andNotWithoutAnHonestMask() {
    return IntStream.range(0, CASES.size())
        .mapToObj(number -> dynamicTest(CASES.get(number).toString(), () -> check(number)));
  }

  private static void check(int number) throws ProtocolAbortException {
    Case one = CASES.get(number);
    SeededRandom random = SeededRandom.ofInsecureNumber(number);
    FixedModel model = one.model(random.fork("net"));
    long[] input = Arrays.copyOf(new long[] {12345, 678, 9, 10}, model.inputShape().size());
    List<long[]> inputs = Collections.nCopies(INFERENCES, input);
    DeployedModel deployed = ToyDeployment.cut(model, one.split(), random.fork("deploy"));
    long seed = random.nextLong();
    Function<PartyId, RandomSource> coalitions =
        party -> {
          RandomSource own = SeededRandom.ofInsecureNumber(seed).fork(party.name());
          return one.coalition().contains(party) ? new DroppedChoices(own, MASKS) : own;
        };
    Execution real = Execution.of(deployed.parts(), inputs, coalitions, UnaryOperator.identity());
    Execution leaky =
        Execution.of(
            deployed.parts(),
            inputs,
            party ->
                party.equals(one.honest())
                    ? new DroppedChoices(coalitions.apply(party), MASKS)
                    : coalitions.apply(party),
            UnaryOperator.identity());
    // It is given nothing of the honest parties, so one simulation serves for both.
    Map<PartyId, List<RecordingChannel.Entry>> simulated =
        Simulator.views(
            Knowledge.of(one.coalition(), deployed, coalitions, inputs, real.outputs()),
            random.fork("simulator"));
    assertEquals(List.of(), differences(one, real.views(), simulated));
    assertFalse(differences(one, leaky.views(), simulated).isEmpty());
  }

  private static List<String> differences(
      Case one,
      Map<PartyId, List<RecordingChannel.Entry>> real,
      Map<PartyId, List<RecordingChannel.Entry>> simulated) {
    List<List<RecordingChannel.Entry>> first = Views.inferences(real, one.coalition(), INFERENCES);
    List<List<RecordingChannel.Entry>> second =
        Views.inferences(simulated, one.coalition(), INFERENCES);
    return ViewStatistics.differences(
        first.stream().map(Views::features).toList(),
        second.stream().map(Views::features).toList(),
        Views.means(first.getFirst()).length,
        FALSE_ALARM);
  }
}
