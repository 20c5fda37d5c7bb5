package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;

/**
 * Predicts CPU time from what a plan knows. The time of one party, in one phase, for one layer is
 * taken as a·bytes + b·products: bytes the plan says this party sends and receives for the layer,
 * products of the layer's plain arithmetic. a and b ≥ 0 are fitted to measured runs by least
 * squares of the relative error, one pair for each protocol, role, phase, kind of layer and side of
 * the cut.
 *
 * <p>It knows no caches and no just-in-time compiler, so small networks fit badly; {@link #check}
 * says how badly, by leaving out the network that is predicted.
 */
public final class CostModel {
  private record Key(String protocol, String role, Phase phase, String kind, boolean onGateway) {}

  private record Sample(double bytes, double products, double nanos) {}

  private record Fit(double perByte, double perProduct, double constant) {
    double nanos(Sample at) {
      return perByte * at.bytes + perProduct * at.products + constant;
    }
  }

  /**
   * Prediction beside measurement.
   *
   * @param measured the run that was left out
   * @param predictedMillis CPU time of all parties together, all phases but the reusable setup
   * @param measuredMillis the same, measured
   */
  public record Check(Measurement measured, double predictedMillis, double measuredMillis) {
    /** (predicted − measured) / measured. */
    public double error() {
      return predictedMillis / measuredMillis - 1;
    }
  }

  private final Map<Key, Fit> fits = new HashMap<>();

  /** Fits the runs. */
  public CostModel(List<Measurement> runs) throws ModelFormatException {
    Map<Key, List<Sample>> samples = new HashMap<>();
    for (Measurement run : runs) {
      FixedModel model = Networks.fixed(run.point());
      for (Measurement.Entry entry : run.costs()) {
        Sample at =
            at(
                model,
                run.predicted(),
                entry.party(),
                entry.phase(),
                entry.layer(),
                (double) entry.cost().cpuNanos());
        samples
            .computeIfAbsent(
                key(run.point(), entry.party(), entry.phase(), entry.layer()),
                _ -> new ArrayList<>())
            .add(at);
      }
    }
    samples.forEach((key, list) -> fits.put(key, fit(key.kind.equals("none"), list)));
  }

  private static Key key(Point point, String party, Phase phase, int layer) {
    List<String> remotes = point.plan().remotes().stream().map(id -> id.name()).toList();
    String role =
        !remotes.contains(party) ? party : party.equals(remotes.getLast()) ? "evaluator" : "remote";
    String kind = layer == 0 ? "none" : layer % 2 == 1 ? "linear" : "activation";
    return new Key(point.protocol(), role, phase, kind, layer <= point.split());
  }

  private static Sample at(
      FixedModel model,
      List<Measurement.Flow> traffic,
      String party,
      Phase phase,
      int layer,
      double nanos) {
    return new Sample(
        (double)
            Measurement.bytes(
                traffic.stream(),
                flow ->
                    flow.phase() == phase
                        && flow.layer() == layer
                        && (flow.from().equals(party) || flow.to().equals(party))),
        products(model, layer),
        nanos);
  }

  private static double products(FixedModel model, int layer) {
    return layer == 0 ? 0 : (double) new LayerSizes(List.of(model.layer(layer))).products();
  }

  /** Minimises Σ ((a·bytes + b·products − nanos) / nanos)² with a, b ≥ 0. */
  private static Fit fit(boolean constant, List<Sample> samples) {
    List<Sample> timed = samples.stream().filter(sample -> sample.nanos > 0).toList();
    if (constant) {
      return new Fit(0, 0, timed.stream().mapToDouble(Sample::nanos).average().orElse(0));
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double x1 = 0;
    double y1 = 0;
    for (Sample sample : timed) {
      double x = sample.bytes / sample.nanos;
      double y = sample.products / sample.nanos;
      xx += x * x;
      xy += x * y;
      yy += y * y;
      x1 += x;
      y1 += y;
    }
    double determinant = xx * yy - xy * xy;
    if (determinant > 1e-9 * xx * yy) {
      double a = (x1 * yy - y1 * xy) / determinant;
      double b = (y1 * xx - x1 * xy) / determinant;
      if (a >= 0 && b >= 0) {
        return new Fit(a, b, 0);
      }
    }
    // At the edge of the allowed region: one of the two alone, whichever explains more.
    boolean bytesExplainMore = yy == 0 || (xx > 0 && x1 * x1 / xx >= y1 * y1 / yy);
    return bytesExplainMore ? new Fit(xx == 0 ? 0 : x1 / xx, 0, 0) : new Fit(0, y1 / yy, 0);
  }

  /**
   * CPU time of a party in the phases that {@code which} takes.
   *
   * @param model the point's
   * @param traffic predicted for the point
   * @return empty if no run of this protocol was fitted
   */
  public OptionalDouble cpuMillis(
      Point point,
      FixedModel model,
      List<Measurement.Flow> traffic,
      String party,
      Predicate<Phase> which) {
    double nanos = 0;
    boolean known = false;
    for (Phase phase : Phase.values()) {
      for (int layer = 0; which.test(phase) && layer <= model.layers().size(); layer++) {
        Fit fit = fits.get(key(point, party, phase, layer));
        if (fit != null) {
          known = true;
          nanos += fit.nanos(at(model, traffic, party, phase, layer, 0));
        }
      }
    }
    return known ? OptionalDouble.of(nanos / 1e6) : OptionalDouble.empty();
  }

  /**
   * Predicts every run from those of other networks and compares; runs of protocols that were
   * measured on one network only are left out.
   */
  public static List<Check> check(List<Measurement> runs) throws ModelFormatException {
    List<Check> checks = new ArrayList<>();
    for (Measurement run : runs) {
      List<Measurement> others =
          runs.stream()
              .filter(other -> !other.point().model().equals(run.point().model()))
              .filter(other -> other.point().protocol().equals(run.point().protocol()))
              .toList();
      if (others.isEmpty()) {
        continue;
      }
      CostModel model = new CostModel(others);
      FixedModel fixed = Networks.fixed(run.point());
      Predicate<Phase> timed = phase -> phase != Phase.SETUP_ONCE;
      double predicted = 0;
      for (String party : run.parties()) {
        predicted += model.cpuMillis(run.point(), fixed, run.predicted(), party, timed).orElse(0);
      }
      double measured = run.total(entry -> timed.test(entry.phase())).cpuNanos() / 1e6;
      checks.add(new Check(run, predicted, measured));
    }
    return checks;
  }
}
