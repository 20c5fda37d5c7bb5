package org.secolab.protocol.secopaper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.adversary.ConstantEnd;
import org.secolab.protocol.adversary.DroppedChoices;
import org.secolab.protocol.adversary.ViewStatistics;
import org.secolab.protocol.adversary.Views;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Simulated views for what {@code seco-paper} and {@code delphi3} claim: the user, and every proper
 * subset of {A, B, C} but garbler and evaluator together. (For those two the {@code
 * paper-bc-collusion} attack recovers activations, so there is no simulator.)
 *
 * <p>A coalition's real programs run on their real parts and randomness; the honest parties are
 * played with fresh shares of a model whose numbers are all zero and, if the user is honest, the
 * input 0. For the user the last bias is the output, so that the result comes out right. The user's
 * program is given the plan of all layers, as it is printed: the shapes are part of what it knows.
 * Evidence, not proof: {@value #INFERENCES} inferences, all statistics of one comparison together
 * raise a false alarm with probability {@value #FALSE_ALARM}, seeds are fixed.
 */
final class PrintedSimulatorTest {
  private static final int INFERENCES = 20;
  private static final double FALSE_ALARM = 0.001;
  private static final Set<String> MASKS = Set.of("masks", "pad");
  private static final SplitPlan SPLIT = new SplitPlan(2, 2);
  private static final PaperParameters TOY =
      new PaperParameters(
          BfvParameters.of(BfvParametersSpec.insecureToyWithSpecialPrime(256, 45, 3, 12289)), 10);

  private static Roles roles(String protocol) {
    return protocol.equals("delphi3") ? Roles.DELPHI_3 : Roles.SECO;
  }

  @ParameterizedTest
  @ValueSource(strings = {"seco-paper", "delphi3"})
  void claimedCoalitions_simulatedViewsHaveTheRealStructure(String protocol)
      throws ProtocolAbortException {
    Roles roles = roles(protocol);
    Run real = new Run(roles, 1, Set.of());
    Set<Set<PartyId>> coalitions = Views.properSubsets(SPLIT.servers());
    assertTrue(coalitions.removeIf(Set.of(Roles.B, roles.evaluator())::equals));
    coalitions.add(Set.of(SplitPlan.USER));
    assertEquals(6, coalitions.size());
    for (Set<PartyId> coalition : coalitions) {
      Map<PartyId, List<RecordingChannel.Entry>> simulated = real.simulate(coalition);
      for (PartyId member : coalition) {
        assertEquals(
            Views.structure(real.views.get(member)),
            Views.structure(simulated.get(member)),
            member + " of " + coalition);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seco-paper", "delphi3"})
  void largestClaimedCoalitions_simulatedViewsAreStatisticallyLikeRealOnes(String protocol)
      throws ProtocolAbortException {
    for (PartyId honest : List.of(Roles.B, roles(protocol).evaluator())) {
      assertEquals(List.of(), differences(roles(protocol), honest, false), "all but " + honest);
      assertFalse(
          differences(roles(protocol), honest, true).isEmpty(),
          "without the masks of " + honest + " there must be a difference");
    }
  }

  private static List<String> differences(Roles roles, PartyId honest, boolean leaky)
      throws ProtocolAbortException {
    List<PartyId> coalition =
        SPLIT.servers().stream().filter(server -> !server.equals(honest)).toList();
    Set<PartyId> dropped = leaky ? Set.copyOf(SPLIT.servers()) : Set.copyOf(coalition);
    Run real = new Run(roles, INFERENCES, dropped);
    List<List<RecordingChannel.Entry>> first =
        Views.inferences(real.views, Set.copyOf(coalition), INFERENCES);
    List<List<RecordingChannel.Entry>> second =
        Views.inferences(real.simulate(Set.copyOf(coalition)), Set.copyOf(coalition), INFERENCES);
    return ViewStatistics.differences(
        first.stream().map(Views::features).toList(),
        second.stream().map(Views::features).toList(),
        Views.means(first.getFirst()).length,
        FALSE_ALARM);
  }

  /** One real run, and simulations of it. */
  private static final class Run {
    final Map<PartyId, List<RecordingChannel.Entry>> views;
    private final Roles roles;
    private final FixedModel model;
    private final ModelParts parts;
    private final List<long[]> inputs;
    private final Set<PartyId> dropped;

    /** {@code dropped}: parties whose masks are zeros. */
    Run(Roles roles, int inferences, Set<PartyId> dropped) throws ProtocolAbortException {
      this.roles = roles;
      this.dropped = dropped;
      RandomSource random = SeededRandom.ofInsecureNumber(8);
      model = net(random.fork("net"));
      inputs = Collections.nCopies(inferences, new long[] {1234, 56});
      parts = ModelParts.cut(model, SPLIT, random.fork("deploy"));
      EmbeddedRun<PartyOutcome> run = run(parts, inputs, party -> own(party, "real"));
      assertArrayEquals(
          FixedPointInterpreter.run(model, inputs.getFirst()),
          run.outcomes().firstEntry().getValue().outputs().getLast());
      views = run.views();
    }

    private FixedModel net(RandomSource random) {
      FixedModel drawn = RandomNets.fullyConnected(new int[] {2, 3, 2, 2}, random);
      return new FixedModel(
          "prime",
          new PrintedProtocol(roles, TOY, UnaryOperator.identity()).modulus(),
          drawn.fractionBits(),
          drawn.inputShape(),
          drawn.inputRange(),
          drawn.layers(),
          drawn.outputScaleBits());
    }

    private RandomSource own(PartyId party, String world) {
      RandomSource own = SeededRandom.ofInsecureNumber(9).fork(world).fork(party.name());
      return dropped.contains(party) ? new DroppedChoices(own, MASKS) : own;
    }

    private EmbeddedRun<PartyOutcome> run(
        ModelParts from, List<long[]> with, Function<PartyId, RandomSource> sources)
        throws ProtocolAbortException {
      PaperPlan plan =
          new PrintedProtocol(roles, TOY, UnaryOperator.identity())
              .planned(model, SPLIT, RunOptions.STANDARD);
      return EmbeddedRun.of(
          new SessionId(7, 8),
          PrintedProtocol.programs(plan, from, with, ProgressListener.SILENT, sources),
          RunOptions.STANDARD.recordingViews(),
          UnaryOperator.identity());
    }

    /** The views of {@code coalition} as somebody makes them up who knows only its own things. */
    Map<PartyId, List<RecordingChannel.Entry>> simulate(Set<PartyId> coalition)
        throws ProtocolAbortException {
      boolean user = coalition.contains(SplitPlan.USER);
      RandomSource random = SeededRandom.ofInsecureNumber(10);
      FixedModel zeros = parts.user();
      if (user) {
        zeros = ConstantEnd.of(zeros, FixedPointInterpreter.run(model, inputs.getFirst()));
      }
      ModelParts made = ModelParts.cut(zeros, SPLIT, random);
      List<FixedModel> remotes = new ArrayList<>();
      for (int j = 0; j < Roles.REMOTES.size(); j++) {
        ModelParts from = coalition.contains(Roles.REMOTES.get(j)) ? parts : made;
        remotes.add(from.remotes().get(j));
      }
      ModelParts mixed =
          new ModelParts(
              made.user(), (coalition.contains(Roles.A) ? parts : made).gateway(), remotes);
      List<long[]> with =
          user ? inputs : Collections.nCopies(inputs.size(), new long[inputs.getFirst().length]);
      EmbeddedRun<PartyOutcome> run = run(mixed, with, party -> honestOrOwn(coalition, party));
      if (user) {
        assertArrayEquals(
            FixedPointInterpreter.run(model, inputs.getFirst()),
            run.outcomes().firstEntry().getValue().outputs().getLast());
      }
      return run.views();
    }

    private RandomSource honestOrOwn(Set<PartyId> coalition, PartyId party) {
      return coalition.contains(party)
          ? own(party, "real")
          : SeededRandom.ofInsecureNumber(11).fork(party.name());
    }
  }
}
