package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.report.LineChart;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** Fig. 6: DELPHI-3, in which the gateway evaluates every circuit, beside SECO. */
final class GatewayEvaluates implements Experiment {
  private static final List<Integer> PRINTED_SPLITS = List.of(10, 22, 34, 46, 58);

  @Override
  public String name() {
    return "fig6";
  }

  private static List<String> protocols() {
    return Plans.offered("delphi3", "seco-paper", "seco");
  }

  @Override
  public List<Point> points(Scale scale) {
    return PaperExperiments.atSplits(scale, protocols());
  }

  @Override
  public Section section(Scale scale, Runs runs) throws ModelFormatException {
    String network = PaperExperiments.resNet(scale);
    LineChart time =
        new LineChart(
            "fig6-time",
            "From the user's input to the result, on " + network + ".",
            "layers on the gateway",
            Units::millis,
            false);
    LineChart bytes =
        new LineChart(
            "fig6-bytes",
            "Online, all links together, the full ResNet32 (by the exact plan).",
            "layers on the gateway",
            Units::bytes,
            false);
    List<List<String>> rows = new ArrayList<>();
    for (String protocol : protocols()) {
      List<LineChart.At> line = new ArrayList<>();
      for (Measurement run : runs.of(protocol, network)) {
        line.add(new LineChart.At(run.point().split(), run.userWaitingMillis()));
        rows.add(
            List.of(
                protocol,
                Integer.toString(run.point().split()),
                Units.millis(run.userWaitingMillis()),
                Units.bytes(online(run.flows()))));
      }
      time.line(protocol, line);
      List<LineChart.At> exact = new ArrayList<>();
      for (int split : PRINTED_SPLITS) {
        Point point = Point.of(protocol, Networks.RESNET32, split, 2);
        exact.add(new LineChart.At(split, online(Plans.traffic(point))));
      }
      bytes.line(protocol, exact);
    }
    List<String> text = new ArrayList<>();
    text.add(PaperExperiments.smallNotice(scale));
    text.add(
        "The paper's axes go to 200 s and 1.0 GB; its bars are not available as numbers. What it"
            + " shows is that a gateway which evaluates every circuit must be there for every"
            + " layer; ours sends one short message for each layer, and evaluates nothing.");
    if (!protocols().contains("delphi3")) {
      text.add("delphi3 is not among the protocols of this program, so its line is missing.");
    }
    return new Section(
        name(),
        "Fig. 6: who evaluates behind the cut",
        text,
        List.of(time.chart(), bytes.chart()),
        List.of(
            new Table(
                "fig6",
                "Online, one inference on " + network,
                List.of("protocol", "layers on gateway", "waiting", "bytes, all links"),
                rows)),
        List.of());
  }

  private static double online(List<Measurement.Flow> flows) {
    return Measurement.bytes(flows.stream(), flow -> flow.phase() == Phase.ONLINE);
  }
}
