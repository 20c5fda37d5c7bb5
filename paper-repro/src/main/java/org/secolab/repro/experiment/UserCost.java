package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.claim.PaperClaim;
import org.secolab.repro.claim.PaperClaims;
import org.secolab.repro.claim.PaperFigures;
import org.secolab.repro.claim.Verdict;
import org.secolab.repro.report.LineChart;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** Fig. 4 and 5: the user's time and communication over the split, beside Delphi's. */
final class UserCost implements Experiment {
  private static final List<Integer> PRINTED_SPLITS =
      List.of(2, 6, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 58);

  private static final int HEADLINE_SPLIT = 2;

  /** The last split with fewer than 10 layers on the gateway at which the net can be cut. */
  private static final int MEMORY_SPLIT = 8;

  private final boolean bytes;

  /**
   * @param bytes Fig. 5, else Fig. 4
   */
  UserCost(boolean bytes) {
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return bytes ? "fig5" : "fig4";
  }

  private static List<String> protocols() {
    return Plans.offered("seco-paper", "seco");
  }

  @Override
  public List<Point> points(Scale scale) {
    List<Point> points = new ArrayList<>(PaperExperiments.atSplits(scale, protocols()));
    points.add(PaperExperiments.delphi(PaperExperiments.resNet(scale)));
    return points;
  }

  @Override
  public Section section(Scale scale, Runs runs) throws ModelFormatException {
    return bytes ? communication(runs) : time(scale, runs);
  }

  /** From the first message of preprocessing to the last, by the gateway's clock. */
  private static double preprocessingMillis(Measurement run) {
    return run.total(SplitPlan.GATEWAY.name(), Phase.PREPROCESSING).wallNanos() / 1e6;
  }

  private Section time(Scale scale, Runs runs) {
    String network = PaperExperiments.resNet(scale);
    Optional<Measurement> delphi = runs.find(PaperExperiments.delphi(network));
    LineChart participation = chart("fig4-participation", "The user takes part online");
    LineChart waiting = chart("fig4-waiting", "From the user's input to the result");
    LineChart preprocessing = chart("fig4-preprocessing", "Preprocessing with the user");
    List<List<String>> rows = new ArrayList<>();
    for (String protocol : protocols()) {
      List<Measurement> line = runs.of(protocol, network);
      participation.line(protocol, places(line, Measurement::userParticipationMillis));
      waiting.line(protocol, places(line, Measurement::userWaitingMillis));
      preprocessing.line(protocol, places(line, UserCost::preprocessingMillis));
      line.forEach(run -> rows.add(row(run)));
    }
    if (delphi.isPresent()) {
      Measurement run = delphi.get();
      participation.line("delphi", level(scale, run.userParticipationMillis()));
      waiting.line("delphi", level(scale, run.userWaitingMillis()));
      preprocessing.line("delphi", level(scale, preprocessingMillis(run)));
      rows.add(row(run));
    }
    return new Section(
        name(),
        "Fig. 4: the user's time over the split",
        List.of(
            PaperExperiments.smallNotice(scale),
            "All parties on one machine, each with one thread and a clock of its own over a"
                + " simulated LAN (1 Gbit/s, round trip 0.5 ms). Delphi knows no split: its line is"
                + " level. The bars of the printed figure are not available as numbers."),
        List.of(participation.chart(), waiting.chart(), preprocessing.chart()),
        List.of(
            new Table(
                "fig4",
                "One inference on " + network,
                List.of(
                    "protocol",
                    "layers on gateway",
                    "participation",
                    "waiting",
                    "preprocessing",
                    "user CPU online",
                    "user CPU before"),
                rows)),
        timeVerdicts(scale, runs, network, delphi));
  }

  private static LineChart chart(String name, String what) {
    return new LineChart(name, what + ".", "layers on the gateway", Units::millis, false);
  }

  private static List<LineChart.At> places(
      List<Measurement> runs, ToDoubleFunction<Measurement> value) {
    return runs.stream()
        .map(run -> new LineChart.At(run.point().split(), value.applyAsDouble(run)))
        .toList();
  }

  private static List<LineChart.At> level(Scale scale, double value) {
    List<Integer> splits = PaperExperiments.splits(scale);
    return List.of(
        new LineChart.At(splits.getFirst(), value), new LineChart.At(splits.getLast(), value));
  }

  private static List<String> row(Measurement run) {
    String user = SplitPlan.USER.name();
    return List.of(
        run.point().protocol(),
        Integer.toString(run.point().split()),
        Units.millis(run.userParticipationMillis()),
        Units.millis(run.userWaitingMillis()),
        Units.millis(preprocessingMillis(run)),
        Units.millis(run.total(user, Phase.ONLINE).cpuNanos() / 1e6),
        Units.millis(run.total(user, Phase.PREPROCESSING).cpuNanos() / 1e6));
  }

  private static List<Verdict> timeVerdicts(
      Scale scale, Runs runs, String network, Optional<Measurement> delphi) {
    Point point = Point.of(PaperExperiments.JUDGED, network, HEADLINE_SPLIT, 2);
    Optional<Measurement> ours = runs.find(point);
    return List.of(
        ratio(
            PaperClaims.USER_PARTICIPATION,
            scale,
            delphi,
            ours,
            Measurement::userParticipationMillis,
            "The user evaluates one layer's circuits instead of all 31; the ratio of ReLUs is 18.5,"
                + " and what is fixed (two messages, encoding, decrypting) keeps time from falling"
                + " as far."),
        ratio(
            PaperClaims.USER_WAITING,
            scale,
            delphi,
            ours,
            Measurement::userWaitingMillis,
            "Behind the cut the same number of circuits is evaluated, by a remote server instead of"
                + " the user; the paper's gain is that its servers are faster than its user and"
                + " nearer to each other. Here all parties run on the same processor and share its"
                + " line speed, so little of it can show."),
        ratio(
            PaperClaims.USER_PREPROCESSING,
            scale,
            delphi,
            ours,
            UserCost::preprocessingMillis,
            "Preprocessing with the user covers one linear layer and one activation layer instead"
                + " of all."));
  }

  private static Verdict ratio(
      PaperClaim claim,
      Scale scale,
      Optional<Measurement> delphi,
      Optional<Measurement> ours,
      ToDoubleFunction<Measurement> value,
      String why) {
    if (delphi.isEmpty() || ours.isEmpty()) {
      return claim.notComparable(Double.NaN, "not run", "Run fig4 to compare.");
    }
    double before = value.applyAsDouble(delphi.get());
    double after = value.applyAsDouble(ours.get());
    String basis =
        String.format(
            "delphi %s, %s %s, measured on %s over a simulated LAN",
            Units.millis(before),
            ours.get().point().protocol(),
            Units.millis(after),
            ours.get().point().model());
    return switch (scale) {
      case SMALL ->
          claim.notComparable(
              before / after,
              basis,
              why
                  + " This run used a network with a sixty-fourth of the ReLUs, so its time does"
                  + " not decide; --scale full does.");
      case FULL -> claim.judge(before / after, basis, why);
    };
  }

  private static boolean isPreprocessing(Phase phase) {
    return phase == Phase.PREPROCESSING;
  }

  private Section communication(Runs runs) throws ModelFormatException {
    Point delphiPoint = PaperExperiments.delphi(Networks.RESNET32);
    List<Measurement.Flow> delphi = Plans.traffic(delphiPoint);
    LineChart online = bytesChart("fig5-online", "Online, sent and received by the user");
    LineChart before = bytesChart("fig5-preprocessing", "Preprocessing, by the user");
    List<String> header =
        new ArrayList<>(List.of("layers on gateway", "printed online", "printed offline"));
    List<List<String>> rows = new ArrayList<>();
    for (PaperFigures.UserColumn column : PaperFigures.FIGURE_5_DERIVED) {
      rows.add(
          new ArrayList<>(
              List.of(
                  Integer.toString(column.split()),
                  Units.bytes(1e6 * column.onlineMegabytes()),
                  Units.bytes(1e6 * column.offlineMegabytes()))));
    }
    for (String protocol : protocols()) {
      header.add(protocol + " online");
      header.add(protocol + " preprocessing");
      List<LineChart.At> onlineLine = new ArrayList<>();
      List<LineChart.At> beforeLine = new ArrayList<>();
      for (int i = 0; i < PRINTED_SPLITS.size(); i++) {
        int split = PRINTED_SPLITS.get(i);
        List<Measurement.Flow> traffic =
            Plans.traffic(Point.of(protocol, Networks.RESNET32, split, 2));
        double on = Measurement.userBytes(traffic, Phase.ONLINE::equals);
        double pre = Measurement.userBytes(traffic, UserCost::isPreprocessing);
        onlineLine.add(new LineChart.At(split, on));
        beforeLine.add(new LineChart.At(split, pre));
        rows.get(i).add(Units.bytes(on));
        rows.get(i).add(Units.bytes(pre));
      }
      online.line(protocol, onlineLine);
      before.line(protocol, beforeLine);
    }
    double delphiOnline = Measurement.userBytes(delphi, Phase.ONLINE::equals);
    double delphiBefore = Measurement.userBytes(delphi, UserCost::isPreprocessing);
    online.line("delphi", level(Scale.SMALL, delphiOnline));
    before.line("delphi", level(Scale.SMALL, delphiBefore));
    online.dashed(
        "derived from the paper",
        PaperFigures.FIGURE_5_DERIVED.stream()
            .map(column -> new LineChart.At(column.split(), 1e6 * column.onlineMegabytes()))
            .toList());
    before.dashed(
        "derived from the paper",
        PaperFigures.FIGURE_5_DERIVED.stream()
            .map(column -> new LineChart.At(column.split(), 1e6 * column.offlineMegabytes()))
            .toList());
    Table wasted =
        new Table(
            "fig5-delphi",
            "Delphi on ResNet32, user side: what others measured of its prototype, and what the"
                + " same protocol needs here",
            List.of("", "online", "preprocessing", "online per ReLU", "preprocessing per ReLU"),
            List.of(
                delphiRow(
                    "prototype, measured by others",
                    1e6 * PaperFigures.DELPHI_ONLINE_MEGABYTES,
                    1e6 * PaperFigures.DELPHI_OFFLINE_MEGABYTES),
                delphiRow("ours", delphiOnline, delphiBefore)));
    return new Section(
        name(),
        "Fig. 5: the user's communication over the split",
        List.of(
            SetupCost.confirmation(runs),
            "The full ResNet32. The paper's bars are not available as numbers; the dashed line"
                + " follows from what others measured of Delphi's prototype"
                + " (kvgarimella/cryptonite) times the share of ReLUs on the gateway. Between it"
                + " and ours lies what that prototype's encoding adds: 15,896 B of garbled circuit"
                + " for each ReLU in a field of 41 bits against half-gates over a ring of 28 bits,"
                + " and whole ciphertexts against coefficients that hold something."),
        List.of(online.chart(), before.chart()),
        List.of(new Table("fig5", "User's bytes for one inference", header, rows), wasted),
        byteVerdicts(delphiOnline, delphiBefore));
  }

  private static LineChart bytesChart(String name, String what) {
    return new LineChart(name, what + ".", "layers on the gateway", Units::bytes, false);
  }

  private static List<String> delphiRow(String who, double online, double before) {
    return List.of(
        who,
        Units.bytes(online),
        Units.bytes(before),
        Units.bytes(online / PaperFigures.RESNET32_RELUS),
        Units.bytes(before / PaperFigures.RESNET32_RELUS));
  }

  private static List<Verdict> byteVerdicts(double delphiOnline, double delphiBefore)
      throws ModelFormatException {
    String protocol = PaperExperiments.JUDGED;
    List<Measurement.Flow> ours =
        Plans.traffic(Point.of(protocol, Networks.RESNET32, HEADLINE_SPLIT, 2));
    double online = Measurement.userBytes(ours, Phase.ONLINE::equals);
    double before = Measurement.userBytes(ours, UserCost::isPreprocessing);
    String basis = "delphi %s, %s %s, the full ResNet32, worked out by the exact plan";
    Predicate<Measurement.Flow> toUser =
        flow -> flow.to().equals(SplitPlan.USER.name()) && isPreprocessing(flow.phase());
    double kept =
        Measurement.bytes(
            Plans.traffic(Point.of(protocol, Networks.RESNET32, MEMORY_SPLIT, 2)).stream(), toUser);
    return List.of(
        PaperClaims.USER_ONLINE_BYTES.judge(
            delphiOnline / online,
            String.format(basis, Units.bytes(delphiOnline), protocol, Units.bytes(online)),
            "Bytes follow the ReLUs the user evaluates: 303,104 for all layers, 16,384 for the"
                + " first, a ratio of 18.5. The encrypted result that comes back adds a little that"
                + " the ratio of ReLUs does not know."),
        PaperClaims.USER_PREPROCESSING_BYTES.judge(
            delphiBefore / before,
            String.format(basis, Units.bytes(delphiBefore), protocol, Units.bytes(before)),
            "Garbled tables follow the ReLUs as online; ciphertexts of the one linear layer, and of"
                + " the mask at the cut, do not shrink as far. Our garbled circuits are several"
                + " times smaller than the prototype's, so ciphertexts weigh more."),
        PaperClaims.USER_MEMORY.judge(
            kept / 1e9,
            String.format(
                "%s with %d layers on the gateway: everything the user receives in preprocessing,"
                    + " by the exact plan; a bound on what it stores, without the program itself",
                protocol, MEMORY_SPLIT),
            "What the user must keep is the garbled circuits of its layers. Smaller circuits need"
                + " less; peak material held is in every run's report."));
  }
}
