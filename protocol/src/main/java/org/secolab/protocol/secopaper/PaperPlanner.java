package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.InferencePlan.Traffic;
import org.secolab.protocol.inference.LinearOptions;
import org.secolab.protocol.inference.LinearOptions.Objective;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearStrategy;
import org.secolab.protocol.linear.PackedConvolution;

/**
 * Chooses how convolutions behind the cut are packed. As printed they stand in slots. Where there
 * is a choice, candidates are planned as a whole and compared by what their plans foretell, which
 * is exact for bytes; within the candidate that mixes, each convolution is chosen by a rule of
 * thumb.
 */
final class PaperPlanner {
  /** A product of ciphertexts takes about half the time of a key switch. */
  private static final long KEY_SWITCH_IN_PRODUCTS = 2;

  private final Roles roles;
  private final PaperParameters policy;

  PaperPlanner(Roles roles, PaperParameters policy) {
    this.roles = roles;
    this.policy = policy;
  }

  /**
   * The plan that serves {@code options} best.
   *
   * @throws IllegalArgumentException with one line, if these protocols cannot run that
   */
  PaperPlan choose(FixedModel shapes, SplitPlan split, LinearOptions options) {
    List<PaperPlan> candidates = new ArrayList<>();
    for (LinearStrategy strategy : strategies(options)) {
      candidates.add(PaperPlan.of(shapes, split, roles, policy, strategy));
    }
    return candidates.stream()
        .min(
            Comparator.<PaperPlan>comparingLong(plan -> cost(shapes, plan, options.objective()))
                .thenComparingLong(plan -> cost(shapes, plan, Objective.TOTAL_BYTES)))
        .orElseThrow();
  }

  private List<LinearStrategy> strategies(LinearOptions options) {
    BfvParameters parameters = policy.parameters();
    ToLongFunction<PackedConvolution> cost = packed -> cost(packed, options.objective());
    List<LinearStrategy> coefficients =
        Arrays.stream(PackingObjective.values())
            .map(objective -> LinearStrategy.coefficients(parameters.degree(), objective))
            .toList();
    LinearStrategy best = LinearStrategy.cheapest(coefficients, cost);
    return switch (options.packing()) {
      case PROTOCOL, SLOTS -> List.of(LinearStrategy.slots(new SlotEncoder(parameters)));
      case COEFFICIENT -> List.of(best);
      case CHEAPEST -> {
        List<LinearStrategy> all = new ArrayList<>(coefficients);
        all.add(LinearStrategy.slots(new SlotEncoder(parameters)));
        yield List.of(best, LinearStrategy.cheapest(all, cost));
      }
    };
  }

  /** The rule of thumb for one convolution, in polynomials or products. */
  private static long cost(PackedConvolution packed, Objective objective) {
    // Weights: two servers, two polynomials each. Masks likewise; results: ct(s), c_1, shares.
    long polynomials =
        4L * packed.weightPolynomials() + 4L * packed.inputs() + 8L * packed.outputs();
    return switch (objective) {
      case TOTAL_BYTES -> polynomials;
      case USER_BYTES -> ((long) packed.inputs() << 40) + polynomials;
      case SERVER_TIME -> work(packed);
    };
  }

  private static long work(PackedConvolution packed) {
    return packed.products() + KEY_SWITCH_IN_PRODUCTS * packed.keySwitches();
  }

  /** What a plan foretells for one inference. */
  private static long cost(FixedModel shapes, PaperPlan plan, Objective objective) {
    if (objective == Objective.SERVER_TIME) {
      return plan.remote().convolutions().stream().mapToLong(PaperPlanner::work).sum();
    }
    Traffic traffic = new PaperForecast(shapes, plan, 1).forecast().traffic();
    return traffic.flows().entrySet().stream()
        .filter(
            entry ->
                objective == Objective.TOTAL_BYTES
                    || entry.getKey().from().equals(SplitPlan.USER)
                    || entry.getKey().to().equals(SplitPlan.USER))
        .mapToLong(entry -> entry.getValue().bytes())
        .sum();
  }
}
