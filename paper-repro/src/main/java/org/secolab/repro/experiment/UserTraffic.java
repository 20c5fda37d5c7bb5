package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.claim.PaperFigures;
import org.secolab.repro.report.BarChart;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** Fig. 7: what the user sends and receives when everything is remote. */
final class UserTraffic implements Experiment {
  private static final List<String> MODELS = List.of("mnist-minionn", "mnist-lenet");

  @Override
  public String name() {
    return "fig7";
  }

  private static List<String> protocols() {
    return Plans.offered("seco-paper", "seco");
  }

  @Override
  public List<Point> points(Scale scale) {
    List<Point> points = new ArrayList<>();
    for (String model : MODELS) {
      protocols().forEach(protocol -> points.add(Point.of(protocol, model, 0, 2)));
    }
    return points;
  }

  @Override
  public Section section(Scale scale, Runs runs) throws ModelFormatException {
    List<List<String>> rows = new ArrayList<>();
    BarChart chart =
        new BarChart(
            "fig7",
            "The user's bytes for one inference. Formulas count the shares of the input only, with"
                + " as many bits for each value as ours.",
            List.of("input", "result", "preprocessing"),
            Units::bytes);
    for (String model : MODELS) {
      for (String protocol : protocols()) {
        Point point = Point.of(protocol, model, 0, 2);
        FixedModel fixed = Networks.fixed(point);
        double one = fixed.inputShape().size() * fixed.modulus().bits() / 8.0;
        if (protocol.equals(protocols().getFirst())) {
          formula(rows, chart, "Falcon (formula)", model, PaperFigures.FIGURE_7_FALCON, one);
          formula(rows, chart, "SecureNN (formula)", model, PaperFigures.FIGURE_7_SECURENN, one);
          formula(rows, chart, "SECO (formula)", model, 1, one);
        }
        for (Measurement run : runs.find(point).stream().toList()) {
          double up =
              Measurement.bytes(
                  run.flows().stream(),
                  flow -> flow.phase() == Phase.ONLINE && flow.from().equals("user"));
          double down = Measurement.userBytes(run.flows(), Phase.ONLINE::equals) - up;
          double before = Measurement.userBytes(run.flows(), Phase.PREPROCESSING::equals);
          chart.bar(protocol + ", " + model, List.of(up, down, before));
          rows.add(
              List.of(
                  model,
                  protocol + ", measured",
                  Units.bytes(up),
                  Units.bytes(down),
                  Units.bytes(before)));
        }
      }
    }
    return new Section(
        name(),
        "Fig. 7: the user's communication with everything remote",
        List.of(
            "The paper draws 6 times for Falcon and 2 times for SecureNN. Both follow from counting"
                + " the shares of the input: three servers with two of three shares each are six"
                + " ring elements for every value, two servers with one share each are two, and"
                + " SECO's user sends one masked value. These are formulas, not runs of Falcon or"
                + " SecureNN.",
            "What the figure leaves out: SECO's user also sends the encrypted mask in preprocessing"
                + " and receives the result under encryption, whole ciphertexts whatever the"
                + " network. For small inputs that is far more than the input itself."),
        List.of(chart.chart()),
        List.of(
            new Table(
                "fig7",
                "The user's bytes for one inference",
                List.of("model", "system", "input", "result", "preprocessing"),
                rows)),
        List.of());
  }

  private static void formula(
      List<List<String>> rows,
      BarChart chart,
      String system,
      String model,
      double factor,
      double one) {
    chart.bar(system + ", " + model, List.of(factor * one, 0.0, 0.0));
    rows.add(List.of(model, system, Units.bytes(factor * one), "–", "–"));
  }
}
