package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.secolab.protocol.adversary.IdealSeco.GATEWAY;
import static org.secolab.protocol.adversary.IdealSeco.USER;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.secolab.protocol.adversary.Term.Variable;
import org.secolab.protocol.adversary.Transcript.Value;
import org.secolab.protocol.adversary.ViewEnumeration.Outcome;

/**
 * What every coalition of servers sees of a {@code seco} layer behind the cut, counted exactly.
 *
 * <p><b>Shown here</b>, for scalar layers over tiny rings Z_t, two and three remote servers, ideal
 * homomorphic encryption and ideal garbling: whatever a proper subset of the servers holds and
 * draws itself, the distribution of what it receives, over all random choices of the others, is the
 * same for every input x and all weights and biases of the others. Equal, not close: all runs are
 * counted. Likewise the user's view depends on the result only. And nothing is there in vain: each
 * single random choice set to zero, and each single value told to one more server, changes some
 * coalition's view, except for a list of values that could be broadcast without harm.
 *
 * <p><b>Not shown here.</b> Nothing about real encryption (noise, flooding, unused coefficients),
 * garbling, oblivious transfer or random generators. Nothing about servers that deviate, use
 * material twice, or evaluate a circuit on inputs of their choice: an ideal circuit answers once.
 * Neither vectors nor the modulus 2^ℓ are enumerated: that masks behave alike over every Z_t is an
 * argument, not a count. Of a coalition's own inputs and random choices all values are tried for
 * (m, t) = (2, 3) and (3, 2); for (2, 4) and (3, 3) a fixed, evenly spread sample. Over Z_2 every
 * function is affine, so only Z_3 and Z_4 say something about the activation. Layers are enumerated
 * one by one, a chain of them over Z_2 only.
 */
final class CoalitionViewEnumerationTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final long SAMPLE = 1 << 20;

  /** Enough where a leak is expected: it shows for most of the coalition's own values. */
  private static final long SMALL_SAMPLE = 1 << 16;

  /** Values that more servers than intended could learn: each still has an honest mask on it. */
  private static final Pattern HARMLESS =
      Pattern.compile("z'*|x − r_u|δ|d\\^.|E\\^. \\+ ρ\\^.|E\\^. − r'\\^.");

  /** A layer for m remote servers. */
  private record Step(String name, IntFunction<IdealSeco> layer) {
    Transcript transcript(int remotes) {
      return layer.apply(remotes).transcript();
    }
  }

  private static final Step ACTIVATION =
      new Step("activation", m -> IdealSeco.inside(m).activationLayer());
  private static final Step LINEAR = new Step("linear", m -> IdealSeco.inside(m).linearLayer());
  private static final Step OUTPUT = new Step("output", m -> IdealSeco.inside(m).outputLayer());
  private static final Step CUT_ACTIVATION =
      new Step("cut, activation", m -> IdealSeco.atTheCut(m).activationLayer());
  private static final Step CUT_LINEAR =
      new Step("cut, linear", m -> IdealSeco.atTheCut(m).linearLayer());

  private static final List<Step> ALL_STEPS =
      List.of(ACTIVATION, LINEAR, OUTPUT, CUT_ACTIVATION, CUT_LINEAR);

  @TestFactory
  Stream<DynamicTest> layer_computesWhatTheModelDefines() {
    return forEachStep(
        ALL_STEPS,
        (step, m) -> {
          IdealSeco run = step.layer().apply(m);
          List<Term> outputs = List.of(run.plainOutput(), run.protocolOutput());
          List<Variable> variables = List.copyOf(Program.variablesOf(outputs));
          Program program = new Program(ringFor(m), variables, outputs);
          do {
            assertEquals(program.result(0), program.result(1));
          } while (program.turn(0, variables.size()));
        });
  }

  /** Otherwise a view without a value from inside the coalition would not be the whole view. */
  @TestFactory
  Stream<DynamicTest> server_canComputeWhatItSends() {
    return forEachStep(
        ALL_STEPS,
        (step, m) -> {
          Transcript transcript = step.transcript(m);
          for (Value value : transcript.values()) {
            if (value.source() >= 0) {
              assertTrue(
                  ViewEnumeration.canCompute(ringFor(m), transcript, value.source(), value.term()),
                  value::name);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> allOwnValues_noCoalitionLearnsAnything() {
    return forEachStep(
        ALL_STEPS,
        (step, m) -> {
          for (Set<Integer> coalition : coalitions(m)) {
            Outcome outcome = outcome(ringFor(m), step.transcript(m), coalition, UNLIMITED);
            assertEquals("", outcome.evidence(), coalition::toString);
            assertTrue(outcome.complete());
          }
        });
  }

  @Test
  void sampledOwnValuesOverZ4_noCoalitionLearnsAnything() {
    assertNoLeaks(4, List.of(ACTIVATION, LINEAR, OUTPUT, CUT_ACTIVATION, CUT_LINEAR), 2);
  }

  @Test
  void sampledOwnValuesAndThreeRemotesOverZ3_noCoalitionLearnsAnything() {
    assertNoLeaks(3, ALL_STEPS, 3);
  }

  /** The masks of one layer's output are the next layer's input masks and occur in its E^A. */
  @Test
  void wholeInference_noCoalitionLearnsAnything() {
    Step whole =
        new Step("whole", m -> IdealSeco.atTheCut(m).activationLayer().linearLayer().outputLayer());
    assertNoLeaks(2, List.of(whole), 2);
  }

  @Test
  void user_learnsTheResultOnly() {
    for (int m = 2; m <= 3; m++) {
      for (IdealSeco run :
          List.of(IdealSeco.inside(m).outputLayer(), IdealSeco.atTheCut(m).outputLayer())) {
        Transcript transcript = run.transcript();
        assertFalse(user(run, transcript).leaks());
        assertTrue(
            outcome(3, transcript, Set.of(USER), UNLIMITED).leaks(),
            "the result itself must show up in the user's view");
      }
    }
  }

  /** Any function of the scores stands for the class; over Z_3 the activation is not affine. */
  @Test
  void userWhoIsToldTheClass_learnsNothingElse() {
    for (int m = 2; m <= 3; m++) {
      IdealSeco run = IdealSeco.inside(m).activationLayer().result();
      Transcript transcript = run.transcript();
      assertFalse(user(run, transcript).leaks());
      for (Set<Integer> coalition : coalitions(m)) {
        assertFalse(outcome(ringFor(m), transcript, coalition, SAMPLE).leaks());
      }
    }
  }

  @Test
  void userWhoIsToldTheScoresBesideTheClass_learnsMore() {
    IdealSeco run = IdealSeco.inside(2).activationLayer().result();
    Transcript scores =
        run.transcript().revealing("E^A", USER).revealing("E^1", USER).revealing("E^2", USER);
    assertTrue(user(run, scores).leaks());
  }

  /** Two tensors cross the cut, the second one for a residual connection. */
  private static final Step CUT_SHORTCUT =
      new Step("cut, shortcut", m -> IdealSeco.atTheCut(m).withShortcut().outputLayer());

  @Test
  void shortcutAcrossTheCut_isComputedAsDefined() {
    IdealSeco run = CUT_SHORTCUT.layer().apply(2);
    List<Term> outputs = List.of(run.plainOutput(), run.protocolOutput());
    List<Variable> variables = List.copyOf(Program.variablesOf(outputs));
    Program program = new Program(2, variables, outputs);
    do {
      assertEquals(program.result(0), program.result(1));
    } while (program.turn(0, variables.size()));
  }

  @Test
  void shortcutAcrossTheCut_noCoalitionLearnsAnything() {
    for (int m = 2; m <= 3; m++) {
      for (Set<Integer> coalition : coalitions(m)) {
        Outcome outcome = outcome(2, CUT_SHORTCUT.transcript(m), coalition, UNLIMITED);
        assertEquals("", outcome.evidence(), coalition::toString);
        assertTrue(outcome.complete());
      }
    }
    assertNoLeaks(3, List.of(CUT_SHORTCUT), 2);
    IdealSeco run = CUT_SHORTCUT.layer().apply(2);
    assertFalse(
        new ViewEnumeration(2, run.transcript(), Set.of(USER), List.of(run.plainOutput()))
            .outcome(UNLIMITED)
            .leaks());
  }

  @Test
  void shortcutAcrossTheCut_needsEveryMask() {
    for (int m = 2; m <= 3; m++) {
      Transcript transcript = CUT_SHORTCUT.transcript(m);
      for (Variable choice : transcript.randomChoices()) {
        Set<Integer> coalition =
            choice.owner() == USER ? Set.of(GATEWAY) : allBut(choice.owner(), m);
        assertTrue(
            outcome(2, transcript.without(choice.name()), coalition, UNLIMITED).leaks(),
            choice::name);
      }
    }
  }

  /** With ideal encryption. With a real one the gateway's sum also hides the ciphertexts' noise. */
  @Test
  void sharesNotAddedUp_userStillLearnsTheResultOnly_ifEveryShareIsMasked() {
    IdealSeco run = IdealSeco.inside(2).outputLayer();
    Transcript shares =
        run.transcript().revealing("E^A", USER).revealing("E^1", USER).revealing("E^2", USER);
    assertFalse(user(run, shares).leaks());
    assertTrue(user(run, shares.without("s^1")).leaks());
    assertTrue(user(run, shares.without("s^2")).leaks());
  }

  @Test
  void maskedInputOrDeltaToTheUser_leaksOnlyTogether() {
    IdealSeco run = IdealSeco.atTheCut(2).outputLayer();
    Transcript transcript = run.transcript();
    assertFalse(user(run, transcript.revealing("δ", USER)).leaks());
    assertFalse(user(run, transcript.revealing("z", USER)).leaks());
    assertTrue(user(run, transcript.revealing("δ", USER).revealing("z", USER)).leaks());
  }

  @Test
  void shareWithoutPad_gatewayAndEvaluatorLearn() {
    Transcript two = ACTIVATION.transcript(2).without("ρ^1");
    assertTrue(outcome(3, two, Set.of(GATEWAY, 2), SAMPLE).leaks());
    assertFalse(outcome(3, two, Set.of(2), SAMPLE).leaks());
    assertFalse(outcome(3, two, Set.of(GATEWAY, 1), SAMPLE).leaks());

    Transcript three = ACTIVATION.transcript(3).without("ρ^1");
    assertTrue(outcome(3, three, Set.of(GATEWAY, 2, 3), SAMPLE).leaks());
  }

  @Test
  void maskedSumToldToAllServers_garblersLearn() {
    Transcript two = ACTIVATION.transcript(2).revealing("ŷ", GATEWAY).revealing("ŷ", 1);
    assertTrue(outcome(3, two, Set.of(GATEWAY, 1), SAMPLE).leaks());

    Transcript three =
        ACTIVATION.transcript(3).revealing("ŷ", GATEWAY).revealing("ŷ", 1).revealing("ŷ", 2);
    assertTrue(outcome(3, three, Set.of(GATEWAY, 1, 2), SAMPLE).leaks());
  }

  @Test
  void maskedSumAskedForWithoutChoiceMask_garblersLearn() {
    assertTrue(
        outcome(3, ACTIVATION.transcript(2).without("c^A"), Set.of(GATEWAY, 1), SAMPLE).leaks());
    assertTrue(
        outcome(3, ACTIVATION.transcript(2).without("c^1"), Set.of(GATEWAY, 1), SAMPLE).leaks());
  }

  @Test
  void evaluatorsOwnMaskDropped_garblersLearn() {
    assertTrue(
        outcome(3, ACTIVATION.transcript(2).without("r'^2"), Set.of(GATEWAY, 1), SAMPLE).leaks());
    assertTrue(
        outcome(3, ACTIVATION.transcript(3).without("r'^3"), Set.of(GATEWAY, 1, 2), SAMPLE)
            .leaks());
  }

  @Test
  void gatewaysLinearShareSentWithoutMask_allRemotesLearn() {
    assertTrue(outcome(3, LINEAR.transcript(2).without("r'^A"), Set.of(1, 2), SAMPLE).leaks());
    assertTrue(outcome(3, LINEAR.transcript(3).without("r'^A"), Set.of(1, 2, 3), SAMPLE).leaks());
  }

  @Test
  void shareMaskOfOneRemoteDropped_gatewayWithAllOthersLearns() {
    for (Step step : ALL_STEPS) {
      assertTrue(outcome(3, step.transcript(2).without("s^1"), Set.of(GATEWAY, 2), SAMPLE).leaks());
      assertTrue(outcome(3, step.transcript(2).without("s^2"), Set.of(GATEWAY, 1), SAMPLE).leaks());
    }
  }

  @Test
  void usersMaskDropped_gatewayLearns() {
    assertTrue(
        outcome(3, CUT_LINEAR.transcript(2).without("r_u"), Set.of(GATEWAY), SAMPLE).leaks());
  }

  /** So it is not secrecy that keeps δ with the gateway: r_u and r' both still cover it. */
  @Test
  void deltaToldToAllServers_leaksNothing() {
    for (int m = 2; m <= 3; m++) {
      Transcript wider = CUT_LINEAR.transcript(m);
      for (int server = 1; server <= m; server++) {
        wider = wider.revealing("δ", server);
      }
      for (Set<Integer> coalition : coalitions(m)) {
        assertFalse(outcome(3, wider, coalition, SAMPLE).leaks(), coalition::toString);
      }
    }
  }

  /** Against the gateway for the user's mask, else against all servers but the one that drew it. */
  @TestFactory
  Stream<DynamicTest> anyRandomChoiceDropped_allOthersTogetherLearn() {
    return forEachStep(
        ALL_STEPS,
        (step, m) -> {
          Transcript transcript = step.transcript(m);
          assertFalse(transcript.randomChoices().isEmpty());
          for (Variable choice : transcript.randomChoices()) {
            Set<Integer> coalition =
                choice.owner() == USER ? Set.of(GATEWAY) : allBut(choice.owner(), m);
            assertTrue(
                outcome(3, transcript.without(choice.name()), coalition, SAMPLE).leaks(),
                choice::name);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anyValueToldToOneMoreServer_leaksUnlessHarmless() {
    return forEachStep(
        ALL_STEPS,
        (step, m) -> {
          Transcript transcript = step.transcript(m);
          for (Value value : transcript.values()) {
            for (int server : moreServers(value, m)) {
              Transcript wider = transcript.revealing(value.name(), server);
              boolean leaks =
                  IntStream.rangeClosed(GATEWAY, m)
                      .mapToObj(missing -> allBut(missing, m))
                      .anyMatch(coalition -> outcome(3, wider, coalition, SMALL_SAMPLE).leaks());
              boolean harmless = HARMLESS.matcher(value.name()).matches();
              assertEquals(!harmless, leaks, () -> value.name() + " told to server " + server);
            }
          }
        });
  }

  /** All at once, and every coalition. */
  @TestFactory
  Stream<DynamicTest> harmlessValuesToldToAllServers_leakNothing() {
    return forEachStep(
        ALL_STEPS,
        (step, m) -> {
          Transcript wider = step.transcript(m);
          for (Value value : step.transcript(m).values()) {
            if (HARMLESS.matcher(value.name()).matches()) {
              for (int server : moreServers(value, m)) {
                wider = wider.revealing(value.name(), server);
              }
            }
          }
          for (Set<Integer> coalition : coalitions(m)) {
            Outcome outcome = outcome(ringFor(m), wider, coalition, SAMPLE);
            assertEquals("", outcome.evidence(), coalition::toString);
          }
        });
  }

  private interface Check {
    void check(Step step, int remotes);
  }

  private static Stream<DynamicTest> forEachStep(List<Step> steps, Check check) {
    return Stream.of(2, 3)
        .flatMap(
            m ->
                steps.stream()
                    .map(
                        step ->
                            dynamicTest(step.name() + ", m = " + m, () -> check.check(step, m))));
  }

  private static void assertNoLeaks(int ring, List<Step> steps, int remotes) {
    for (Step step : steps) {
      for (Set<Integer> coalition : coalitions(remotes)) {
        Outcome outcome = outcome(ring, step.transcript(remotes), coalition, SAMPLE);
        assertEquals("", outcome.evidence(), () -> step.name() + " " + coalition);
      }
    }
  }

  /** The largest ring over which all values of all variables can be tried. */
  private static int ringFor(int remotes) {
    return remotes == 2 ? 3 : 2;
  }

  private static Outcome outcome(
      int ring, Transcript transcript, Set<Integer> coalition, long budget) {
    return new ViewEnumeration(ring, transcript, coalition, List.of()).outcome(budget);
  }

  /** The view of the user, who is meant to learn the run's output. */
  private static Outcome user(IdealSeco run, Transcript transcript) {
    return new ViewEnumeration(3, transcript, Set.of(USER), List.of(run.plainOutput()))
        .outcome(UNLIMITED);
  }

  /** The proper, non-empty subsets of the gateway and m remote servers. */
  private static List<Set<Integer>> coalitions(int remotes) {
    List<Set<Integer>> coalitions = new ArrayList<>();
    int everybody = (1 << (remotes + 1)) - 1;
    for (int members = 1; members < everybody; members++) {
      Set<Integer> coalition = new TreeSet<>();
      for (int server = GATEWAY; server <= remotes; server++) {
        if ((members >> server & 1) == 1) {
          coalition.add(server);
        }
      }
      coalitions.add(coalition);
    }
    return coalitions;
  }

  private static Set<Integer> allBut(int missing, int remotes) {
    Set<Integer> coalition = new TreeSet<>();
    IntStream.rangeClosed(GATEWAY, remotes).filter(s -> s != missing).forEach(coalition::add);
    return coalition;
  }

  /** The servers that neither compute nor receive a value. */
  private static List<Integer> moreServers(Value value, int remotes) {
    return IntStream.rangeClosed(GATEWAY, remotes)
        .filter(server -> server != value.source() && !value.receivers().contains(server))
        .boxed()
        .toList();
  }
}
