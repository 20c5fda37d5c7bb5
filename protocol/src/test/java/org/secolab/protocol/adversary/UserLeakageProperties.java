package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What lies behind the cut stays there: for two models that agree on layers 1..c, on the size of
 * the output and on the encryption parameters, the user sees messages of the same types, order and
 * lengths, however many layers follow, of whatever widths. (The servers do not.)
 */
final class UserLeakageProperties {
  @Property(tries = 4)
  void user_seesNothingOfTheLayersBehindTheCut(
      @ForAll @IntRange(min = 0, max = 1) int activationsBeforeTheCut,
      @ForAll @IntRange(min = 1, max = 3) int outputs,
      @ForAll long seed)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    List<Integer> common = new ArrayList<>(List.of(3));
    for (int i = 0; i < activationsBeforeTheCut; i++) {
      common.add(1 + random.nextInt(4));
    }
    int cut = 2 * activationsBeforeTheCut;
    Execution shallow = run(common, List.of(), outputs, cut, random.fork("shallow"));
    List<Integer> between = List.of(1 + random.nextInt(4), 1 + random.nextInt(4));
    Execution deep = run(common, between, outputs, cut, random.fork("deep"));
    assertEquals(structure(shallow, SplitPlan.USER), structure(deep, SplitPlan.USER));
    assertNotEquals(structure(shallow, SplitPlan.GATEWAY), structure(deep, SplitPlan.GATEWAY));
  }

  private static Execution run(
      List<Integer> common, List<Integer> between, int outputs, int cut, RandomSource random)
      throws ProtocolAbortException {
    List<Integer> sizes = new ArrayList<>(common);
    sizes.addAll(between);
    sizes.add(outputs);
    FixedModel model =
        RandomNets.fullyConnected(
            sizes.stream().mapToInt(Integer::intValue).toArray(), random.fork("net"));
    return Execution.of(
        ToyDeployment.cut(model, new SplitPlan(cut, 2), random.fork("deploy")).parts(),
        List.of(RandomNets.input(model, random.fork("input"))),
        party -> random.fork(party.name()),
        UnaryOperator.identity());
  }

  private static List<String> structure(Execution run, PartyId party) {
    return Views.structure(run.views().get(party));
  }
}
