package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Whatever the net, the cut, the inputs, the weights and the seeds: a simulator that knows only a
 * coalition's own things produces messages of the same types and lengths in the same order as the
 * coalition sees. So order and lengths depend on nothing else. Every coalition the protocols claim:
 * the user, and every proper subset of two or three remote servers and the gateway.
 */
final class SimulatorProperties {
  @Property(tries = 3)
  void seco_simulatedViewsHaveTheRealStructure(
      @ForAll @IntRange(min = 1, max = 2) int depth,
      @ForAll @IntRange(min = 2, max = 3) int remoteServers,
      @ForAll long seed)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model = RandomNets.draw(depth, true, random.fork("net"));
    List<Integer> cuts = model.validCuts().stream().filter(c -> c < model.layers().size()).toList();
    checkSeco(model, any(cuts, random), remoteServers, random);
  }

  @Property(tries = 2)
  void seco_simulatedViewsHaveTheRealStructure_whereSeveralTensorsCrossTheCut(
      @ForAll @IntRange(min = 2, max = 3) int depth,
      @ForAll @IntRange(min = 2, max = 3) int remoteServers,
      @ForAll long seed)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model = RandomNets.withShortcuts(depth, random);
    while (severalCross(model).isEmpty()) {
      model = RandomNets.withShortcuts(depth, random);
    }
    checkSeco(model, any(severalCross(model), random), remoteServers, random);
  }

  private static List<Integer> severalCross(FixedModel model) {
    return model.validCuts().stream().filter(cut -> model.crossing(cut).size() > 1).toList();
  }

  private static int any(List<Integer> cuts, RandomSource random) {
    return cuts.get(random.nextInt(cuts.size()));
  }

  private static void checkSeco(FixedModel model, int cut, int remoteServers, RandomSource random)
      throws ProtocolAbortException {
    SplitPlan split = new SplitPlan(cut, remoteServers);
    Set<Set<PartyId>> coalitions = Views.properSubsets(split.servers());
    assertEquals((1 << (remoteServers + 1)) - 2, coalitions.size());
    coalitions.add(Set.of(SplitPlan.USER));
    check(model, split, coalitions, random);
  }

  @Property(tries = 3)
  void delphi_simulatedViewsHaveTheRealStructure(
      @ForAll @IntRange(min = 1, max = 3) int depth, @ForAll boolean shortcuts, @ForAll long seed)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model =
        shortcuts
            ? RandomNets.withShortcuts(depth, random.fork("net"))
            : RandomNets.draw(depth, false, random.fork("net"));
    SplitPlan split = new SplitPlan(model.layers().size(), 2);
    check(model, split, Set.of(Set.of(SplitPlan.USER), Set.of(SplitPlan.GATEWAY)), random);
  }

  private static void check(
      FixedModel model, SplitPlan split, Set<Set<PartyId>> coalitions, RandomSource random)
      throws ProtocolAbortException {
    long[] input = RandomNets.input(model, random.fork("input"));
    List<long[]> inputs = List.of(input);
    DeployedModel deployed = ToyDeployment.cut(model, split, random.fork("deploy"));
    long seed = random.nextLong();
    Function<PartyId, RandomSource> randomness =
        party -> SeededRandom.ofInsecureNumber(seed).fork(party.name());
    Execution real = Execution.of(deployed.parts(), inputs, randomness, UnaryOperator.identity());
    assertArrayEquals(FixedPointInterpreter.run(model, input), real.outputs().getFirst());
    for (Set<PartyId> coalition : coalitions) {
      Knowledge knowledge = Knowledge.of(coalition, deployed, randomness, inputs, real.outputs());
      Map<PartyId, List<RecordingChannel.Entry>> simulated =
          Simulator.views(knowledge, random.fork("simulator of " + knowledge));
      for (PartyId member : coalition) {
        List<String> expected = Views.structure(real.views().get(member));
        assertEquals(expected, Views.structure(simulated.get(member)), member + " of " + knowledge);
        assertFalse(expected.isEmpty() && split.cut() < model.layers().size());
      }
    }
  }
}
