package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.claim.PaperFigures;
import org.secolab.repro.report.LineChart;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** Tables IV and V: what the servers' setup costs, over the number k of layers behind the cut. */
final class SetupCost implements Experiment {
  private static final double GIGA = 1e9;

  /** Values in one ciphertext of the prototype. */
  private static final int SLOTS = 8192;

  private final boolean bytes;

  /**
   * @param bytes Table V, else Table IV
   */
  SetupCost(boolean bytes) {
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return bytes ? "table5" : "table4";
  }

  private static List<String> protocols() {
    return Plans.offered("seco-paper", "seco");
  }

  @Override
  public List<Point> points(Scale scale) {
    return PaperExperiments.atSplits(scale, protocols());
  }

  @Override
  public Section section(Scale scale, Runs runs) throws ModelFormatException {
    return bytes ? gigabytes(runs) : seconds(scale, runs);
  }

  private Section seconds(Scale scale, Runs runs) {
    String network = PaperExperiments.resNet(scale);
    LineChart chart =
        new LineChart(
            name(),
            "Setup of one inference: the slowest server's clock on a simulated LAN"
                + (scale == Scale.SMALL ? ", small network." : "; dashed: printed in Table IV."),
            "k, layers on the remote servers",
            Units::millis,
            false);
    List<List<String>> rows = new ArrayList<>();
    for (String protocol : protocols()) {
      List<LineChart.At> line = new ArrayList<>();
      for (Measurement run : runs.of(protocol, network)) {
        int k = PaperExperiments.COUNTED_LAYERS - run.point().split();
        double wall = run.serversWallMillis(Phase.SETUP_PER_INFERENCE);
        double cpu =
            run.total(entry -> entry.phase() == Phase.SETUP_PER_INFERENCE).cpuNanos() / 1e6;
        line.add(new LineChart.At(k, wall));
        rows.add(
            List.of(
                Integer.toString(k),
                protocol,
                Units.millis(wall),
                Units.millis(cpu),
                scale == Scale.FULL ? printedSeconds(k) : "–"));
      }
      chart.line(protocol, line);
    }
    if (scale == Scale.FULL) {
      chart.dashed(
          "printed",
          PaperFigures.TABLES_4_AND_5.stream()
              .map(column -> new LineChart.At(column.remoteLayers(), 1000 * column.seconds()))
              .toList());
    }
    Table table =
        new Table(
            name(),
            "Setup of one inference on " + network,
            List.of("k", "protocol", "slowest server", "CPU, all servers", "printed"),
            rows);
    return new Section(
        name(),
        "Table IV: setup time",
        List.of(
            PaperExperiments.smallNotice(scale),
            "The paper calls setup a phase that runs once. Its masks and garbled circuits can be"
                + " used for one inference only, so ours is the cost of one inference; keys and"
                + " transformed weights, which can be kept, are not in it.",
            "Each server runs on one thread here; the printed machines had several cores."),
        List.of(chart.chart()),
        List.of(table),
        List.of());
  }

  private static String printedSeconds(int k) {
    return PaperFigures.TABLES_4_AND_5.stream()
        .filter(column -> column.remoteLayers() == k)
        .map(column -> Units.millis(1000 * column.seconds()))
        .findFirst()
        .orElse("–");
  }

  private static boolean isSetup(Measurement.Flow flow) {
    return flow.phase() == Phase.SETUP_PER_INFERENCE;
  }

  private Section gigabytes(Runs runs) throws ModelFormatException {
    LineChart chart =
        new LineChart(
            name(),
            "Setup of one inference on the full ResNet32, bytes between the servers: the plan's,"
                + " exact to the byte wherever it was run; dashed: printed in Table V.",
            "k, layers on the remote servers",
            Units::bytes,
            false);
    FixedModel model = Networks.fixed(point(protocols().getFirst(), 60));
    List<String> header = new ArrayList<>(List.of("k", "ReLUs", "packed filters", "printed"));
    List<List<String>> rows = new ArrayList<>();
    List<LeastSquares.Row> printed = new ArrayList<>();
    for (PaperFigures.SetupColumn column : PaperFigures.TABLES_4_AND_5) {
      LayerSizes behind =
          LayerSizes.of(model).from(PaperExperiments.COUNTED_LAYERS - column.remoteLayers() + 1);
      printed.add(
          new LeastSquares.Row(
              List.of((double) behind.activations(), (double) behind.packedFilters(SLOTS), 1.0),
              GIGA * column.gigabytes()));
      rows.add(
          new ArrayList<>(
              List.of(
                  Integer.toString(column.remoteLayers()),
                  Long.toString(behind.activations()),
                  Long.toString(behind.packedFilters(SLOTS)),
                  Units.digits(column.gigabytes()) + " GB")));
    }
    List<List<String>> parts = new ArrayList<>();
    LeastSquares fit = LeastSquares.of(printed);
    parts.add(
        List.of(
            "printed, by least squares",
            Units.bytes(fit.factors().get(0)),
            Units.bytes(fit.factors().get(1))));
    for (String protocol : protocols()) {
      header.add(protocol);
      header.add("printed / ours");
      List<LineChart.At> line = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        PaperFigures.SetupColumn column = PaperFigures.TABLES_4_AND_5.get(i);
        Point point = point(protocol, column.remoteLayers());
        double ours = Measurement.bytes(Plans.traffic(point).stream(), SetupCost::isSetup);
        line.add(new LineChart.At(column.remoteLayers(), ours));
        rows.get(i).add(Units.bytes(ours));
        rows.get(i).add(Units.times(GIGA * column.gigabytes() / ours));
      }
      chart.line(protocol, line);
      parts.add(shares(protocol, model));
    }
    chart.dashed(
        "printed",
        PaperFigures.TABLES_4_AND_5.stream()
            .map(column -> new LineChart.At(column.remoteLayers(), GIGA * column.gigabytes()))
            .toList());
    return new Section(
        name(),
        "Table V: setup communication",
        List.of(
            confirmation(runs),
            String.format(
                "Three numbers explain the printed row within %.2f %%: %s for each ReLU, %s for"
                    + " each packed filter (an output channel, once for each 8192 values of the"
                    + " layer's input), and %s in all. The first is a garbled circuit with its"
                    + " labels and transfers. The second, over 9 kernel places and 2 remote"
                    + " servers, is %s: about one whole ciphertext for a single number of a kernel."
                    + " That is what encrypted weights cost in the prototype's encoding, not what"
                    + " the protocol needs: ours below never sends a weight.",
                100 * fit.largestError(),
                Units.bytes(fit.factors().get(0)),
                Units.bytes(fit.factors().get(1)),
                Units.bytes(fit.factors().get(2)),
                Units.bytes(fit.factors().get(1) / 18))),
        List.of(chart.chart()),
        List.of(
            new Table(name(), "Bytes between the servers for one inference", header, rows),
            new Table(
                "table5-parts",
                "What a ReLU and a packed filter cost, k = 60",
                List.of("", "bytes per ReLU", "bytes per packed filter"),
                parts)),
        List.of());
  }

  private static Point point(String protocol, int k) {
    return Point.of(protocol, Networks.RESNET32, PaperExperiments.COUNTED_LAYERS - k, 2);
  }

  private static List<String> shares(String protocol, FixedModel model)
      throws ModelFormatException {
    int cut = 2;
    List<Measurement.Flow> traffic =
        Plans.traffic(point(protocol, PaperExperiments.COUNTED_LAYERS - cut));
    LayerSizes behind = LayerSizes.of(model).from(cut + 1);
    Predicate<Measurement.Flow> setup = SetupCost::isSetup;
    double activations =
        Measurement.bytes(traffic.stream(), setup.and(flow -> flow.layer() % 2 == 0));
    double linear = Measurement.bytes(traffic.stream(), setup.and(flow -> flow.layer() % 2 == 1));
    return List.of(
        protocol,
        Units.bytes(activations / behind.activations()),
        Units.bytes(linear / behind.packedFilters(SLOTS)));
  }

  /** How many runs the plan predicted to the byte. */
  static String confirmation(Runs runs) {
    List<String> wrong =
        runs.all().stream()
            .filter(run -> !run.isPredictedExactly())
            .map(run -> run.point().id())
            .toList();
    return "Bytes below are worked out by the plan, without a run. It predicted every link, phase"
        + " and layer of "
        + (runs.all().size() - wrong.size())
        + " of the "
        + runs.all().size()
        + " runs on this page to the byte"
        + (wrong.isEmpty() ? "." : "; not of " + String.join(", ", wrong) + ".");
  }
}
