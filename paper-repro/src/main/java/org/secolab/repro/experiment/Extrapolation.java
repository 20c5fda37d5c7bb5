package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** What this machine cannot run: larger networks, more servers, slower lines. */
final class Extrapolation implements Experiment {
  private static final double LAN_BITS_PER_SECOND = 1e9;
  private static final double WAN_BITS_PER_SECOND = 1e8;

  @Override
  public String name() {
    return "prediction";
  }

  /** The MLP anchors the fit; the other runs are shared with the paper's experiments. */
  @Override
  public List<Point> points(Scale scale) {
    return Plans.offered("seco").stream()
        .map(protocol -> Point.of(protocol, "mnist-mlp", 0, 2))
        .toList();
  }

  private static List<Point> targets() {
    List<Point> targets = new ArrayList<>();
    for (String protocol : Plans.offered("seco")) {
      for (int servers : List.of(2, 3, 5, 8)) {
        targets.add(Point.of(protocol, Networks.RESNET32, 2, servers));
      }
      targets.add(Point.of(protocol, Networks.VGG16, 2, 2));
      targets.add(Point.of(protocol, Networks.RESNET50, 2, 2));
    }
    return targets;
  }

  @Override
  public Section section(Scale scale, Runs runs) throws ModelFormatException {
    CostModel costs = new CostModel(runs.all());
    List<List<String>> predictions = new ArrayList<>();
    for (Point target : targets()) {
      predictions.add(prediction(costs, target));
    }
    List<List<String>> checks = new ArrayList<>();
    for (CostModel.Check check : CostModel.check(runs.all())) {
      Point point = check.measured().point();
      checks.add(
          List.of(
              point.model(),
              point.protocol(),
              Integer.toString(point.split()),
              Units.millis(check.predictedMillis()),
              Units.millis(check.measuredMillis()),
              String.format("%+.0f %%", 100 * check.error()),
              check.measured().isPredictedExactly() ? "0" : "not 0"));
    }
    return new Section(
        name(),
        "Prediction: what this machine cannot run",
        List.of(
            "Bytes come from the plan and are exact. CPU time is a·bytes + b·products for each"
                + " role, phase and kind of layer, with a and b fitted to the runs on this page."
                + " The second table leaves out each network in turn and predicts it from the"
                + " others: that error, not the fit's, is what to expect of the first table.",
            "Line time is the busiest party's bytes sent, over its line: a bound from below. A LAN"
                + " is 1 Gbit/s, a WAN 100 Mbit/s."),
        List.of(),
        List.of(
            new Table(
                "prediction",
                "Predicted for one inference, 2 layers on the gateway",
                List.of(
                    "network",
                    "protocol",
                    "m",
                    "user, before",
                    "user, online",
                    "servers, setup",
                    "CPU, busiest server",
                    "setup line, LAN",
                    "setup line, WAN",
                    "user CPU online"),
                predictions),
            new Table(
                "prediction-check",
                "CPU time of all parties without reusable setup: predicted from other networks,"
                    + " and measured",
                List.of(
                    "network",
                    "protocol",
                    "split",
                    "predicted",
                    "measured",
                    "error",
                    "error of bytes"),
                checks)),
        List.of());
  }

  private static List<String> prediction(CostModel costs, Point point) throws ModelFormatException {
    List<Measurement.Flow> traffic = Plans.traffic(point);
    FixedModel model = Networks.fixed(point);
    Predicate<Phase> setup = Phase.SETUP_PER_INFERENCE::equals;
    double busiestMillis = Double.NaN;
    double busiestBytes = 0;
    for (PartyId server : point.plan().servers()) {
      OptionalDouble millis = costs.cpuMillis(point, model, traffic, server.name(), setup);
      if (millis.isPresent() && !(millis.getAsDouble() <= busiestMillis)) {
        busiestMillis = millis.getAsDouble();
      }
      double sent =
          Measurement.bytes(
              traffic.stream(),
              flow -> setup.test(flow.phase()) && flow.from().equals(server.name()));
      busiestBytes = Math.max(busiestBytes, sent);
    }
    OptionalDouble user =
        costs.cpuMillis(point, model, traffic, SplitPlan.USER.name(), Phase.ONLINE::equals);
    return List.of(
        point.model(),
        point.protocol(),
        Integer.toString(point.remoteServers()),
        Units.bytes(Measurement.userBytes(traffic, Phase.PREPROCESSING::equals)),
        Units.bytes(Measurement.userBytes(traffic, Phase.ONLINE::equals)),
        Units.bytes(Measurement.serverBytes(traffic, setup)),
        time(busiestMillis),
        Units.millis(8000 * busiestBytes / LAN_BITS_PER_SECOND),
        Units.millis(8000 * busiestBytes / WAN_BITS_PER_SECOND),
        time(user.orElse(Double.NaN)));
  }

  private static String time(double millis) {
    return Double.isNaN(millis) ? "–" : Units.millis(millis);
  }
}
