package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * A trained distinguisher against views: evidence, not proof. It does not tell apart views that
 * belong to different secrets, and it does tell them apart as soon as honest parties' masks are
 * dropped; so it would have noticed.
 *
 * <p>A coalition's own masks are zeros throughout: they are known to it, and its view has to be
 * independent of the secrets for every choice of them. What is left to hide behind is the honest
 * parties' randomness alone. Servers get two inputs; the user gets two models with equal outputs.
 *
 * <p>{@value #SAMPLES} inferences for training and as many, under other keys, for testing; the
 * exact 99 % confidence interval of the accuracy must contain 1/2. Each such test fails by chance
 * for about one seed in a hundred, so the seeds are fixed.
 */
final class DistinguisherTest {
  private static final int SAMPLES = 40;
  private static final double CONFIDENCE = 0.99;

  /** The labels under which programs draw r, ρ, and d. */
  private static final Set<String> MASKS = Set.of("masks", "pad");

  /**
   * A coalition, and the honest party whose masks are dropped where the distinguisher is to
   * succeed.
   */
  private record Case(String name, SplitPlan split, Set<PartyId> coalition, PartyId honest) {}

  private static final PartyId USER = SplitPlan.USER;
  private static final PartyId GATEWAY = SplitPlan.GATEWAY;
  private static final PartyId FIRST = SplitPlan.remote(1);
  private static final PartyId EVALUATOR = SplitPlan.remote(2);

  private static final SplitPlan REMOTE = new SplitPlan(0, 2);
  private static final SplitPlan SHARED = new SplitPlan(2, 2);
  private static final SplitPlan DELPHI = new SplitPlan(3, 2);

  private static final List<Case> CASES =
      List.of(
          new Case("seco, gateway and remote1", REMOTE, Set.of(GATEWAY, FIRST), EVALUATOR),
          new Case("seco, gateway and remote2", REMOTE, Set.of(GATEWAY, EVALUATOR), FIRST),
          new Case("seco, remote1 and remote2", REMOTE, Set.of(FIRST, EVALUATOR), GATEWAY),
          new Case("seco, user", SHARED, Set.of(USER), GATEWAY),
          new Case("delphi, gateway", DELPHI, Set.of(GATEWAY), USER),
          new Case("delphi, user", DELPHI, Set.of(USER), GATEWAY));

  @TestFactory
  Stream<DynamicTest> equalOutputs_areNotToldApart() {
    return CASES.stream()
        .map(
            one ->
                dynamicTest(
                    one.name(),
                    () -> {
                      Interval accuracy = accuracy(one, false);
                      assertTrue(
                          accuracy.lower() <= 0.5 && accuracy.upper() >= 0.5, accuracy::toString);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> honestMasksDropped_areToldApart() {
    return CASES.stream()
        .map(
            one ->
                dynamicTest(
                    one.name(),
                    () -> {
                      Interval accuracy = accuracy(one, true);
                      assertTrue(accuracy.lower() > 0.8, accuracy::toString);
                    }));
  }

  private static Interval accuracy(Case one, boolean leaky) throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(one.name().hashCode());
    boolean[] classes = new boolean[SAMPLES];
    RandomSource coins = random.fork("classes");
    for (int i = 0; i < SAMPLES; i++) {
      // Servers: inputs drawn within one run. Not in turns, since batches are called by the number
      // of
      // their inference, and that would tell. The user: a run for each model.
      classes[i] = one.coalition().contains(USER) ? i >= SAMPLES / 2 : coins.nextInt(2) == 1;
    }
    LogisticRegression trained =
        LogisticRegression.train(rows(one, classes, leaky, random.fork("training")), classes);
    int correct = trained.correct(rows(one, classes, leaky, random.fork("test")), classes);
    return Interval.of(correct, SAMPLES);
  }

  /**
   * The exact interval of Clopper and Pearson.
   *
   * @param lower bound of the probability of being right
   * @param upper the other
   */
  private record Interval(double lower, double upper) {
    static Interval of(int right, int all) {
      double half = (1 - CONFIDENCE) / 2;
      return new Interval(
          right == 0
              ? 0
              : new BetaDistribution(null, right, all - right + 1.0)
                  .inverseCumulativeProbability(half),
          right == all
              ? 1
              : new BetaDistribution(null, right + 1.0, all - right)
                  .inverseCumulativeProbability(1 - half));
    }
  }

  /** The features of inferences whose secrets are chosen by their classes. */
  private static List<double[]> rows(
      Case one, boolean[] classes, boolean leaky, RandomSource random)
      throws ProtocolAbortException {
    if (one.coalition().contains(USER)) {
      List<double[]> rows = new ArrayList<>();
      List<long[]> inputs = Collections.nCopies(SAMPLES / 2, new long[] {1, 2});
      rows.addAll(run(one, model(false), inputs, leaky, random.fork("first")));
      rows.addAll(run(one, model(true), inputs, leaky, random.fork("second")));
      return rows;
    }
    List<long[]> inputs = new ArrayList<>();
    for (boolean second : classes) {
      inputs.add(second ? new long[] {777, 55555} : new long[] {1, 2});
    }
    return run(one, model(false), inputs, leaky, random);
  }

  private static List<double[]> run(
      Case one, FixedModel model, List<long[]> inputs, boolean leaky, RandomSource random)
      throws ProtocolAbortException {
    DeployedModel deployed = ToyDeployment.cut(model, one.split(), random.fork("deploy"));
    Execution run =
        Execution.of(
            deployed.parts(),
            inputs,
            party ->
                one.coalition().contains(party) || (leaky && party.equals(one.honest()))
                    ? new DroppedChoices(random.fork(party.name()), MASKS)
                    : random.fork(party.name()),
            UnaryOperator.identity());
    assertArrayEquals(FixedPointInterpreter.run(model, inputs.getLast()), run.outputs().getLast());
    return Views.inferences(run.views(), one.coalition(), inputs.size()).stream()
        .map(Views::features)
        .toList();
  }

  /** Two models: different first layers, and outputs that do not depend on them. */
  private static FixedModel model(boolean second) {
    FixedModel drawn =
        RandomNets.fullyConnected(
            new int[] {2, 3, 2}, SeededRandom.ofInsecureNumber(second ? 2 : 1));
    return ConstantEnd.of(drawn, new long[] {5, 6});
  }
}
