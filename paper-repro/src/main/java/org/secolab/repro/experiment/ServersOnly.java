package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secolab.foundation.transport.Phase;
import org.secolab.repro.claim.PaperClaim;
import org.secolab.repro.claim.PaperClaims;
import org.secolab.repro.claim.PaperFigures;
import org.secolab.repro.claim.Verdict;
import org.secolab.repro.report.BarChart;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** Table II: MiniONN and LeNet with all layers on the remote servers. */
final class ServersOnly implements Experiment {
  private static final List<String> MODELS = List.of("mnist-minionn", "mnist-lenet");
  private static final double MEGA = 1e6;

  @Override
  public String name() {
    return "table2";
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

  private static boolean perInference(Phase phase) {
    return phase != Phase.SETUP_ONCE;
  }

  @Override
  public Section section(Scale scale, Runs runs) {
    List<List<String>> rows = new ArrayList<>();
    BarChart chart =
        new BarChart(
            "table2",
            "Bytes between the servers for one inference. The printed figures are one sum each; the"
                + " paper does not say which phases are in it.",
            List.of("setup and preprocessing", "online", "printed"),
            Units::bytes);
    for (String model : MODELS) {
      for (PaperFigures.Table2Row row : PaperFigures.TABLE_2) {
        if (row.model().equals(model)) {
          rows.add(
              List.of(
                  model,
                  row.system() + ", printed",
                  Units.digits(row.seconds()),
                  "",
                  Units.digits(row.megabytes()),
                  ""));
          chart.bar(row.system() + ", " + model, List.of(0.0, 0.0, MEGA * row.megabytes()));
        }
      }
      for (String protocol : protocols()) {
        for (Measurement run : runs.of(protocol, model)) {
          if (run.point().split() == 0) {
            long online = Measurement.serverBytes(run.flows(), Phase.ONLINE::equals);
            long all = Measurement.serverBytes(run.flows(), ServersOnly::perInference);
            rows.add(
                List.of(
                    model,
                    protocol + ", ours",
                    Units.digits(run.userWaitingMillis() / 1000),
                    Units.digits(run.serversWallMillis(Phase.SETUP_PER_INFERENCE) / 1000),
                    Units.digits(online / MEGA),
                    Units.digits((all - online) / MEGA)));
            chart.bar(
                protocol + ", " + model, List.of((double) all - online, (double) online, 0.0));
          }
        }
      }
    }
    Table table =
        new Table(
            "table2",
            "Everything on the remote servers, m = 2, f = 8. Printed megabytes stand under online.",
            List.of("model", "system", "online s", "setup s", "online MB", "other MB"),
            rows);
    return new Section(
        name(),
        "Table II: all layers on the remote servers",
        List.of(
            "Ours: one inference over a simulated LAN (1 Gbit/s, round trip 0.5 ms), all parties on"
                + " one machine, each on one thread. The printed times are of four cloud machines"
                + " over a network that the paper does not state.",
            "SecureNN and Falcon have honest majorities: two of their servers together see"
                + " everything. Bytes are the price of security against any proper subset."),
        List.of(chart.chart()),
        List.of(table),
        verdicts(runs));
  }

  private static List<Verdict> verdicts(Runs runs) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String model : MODELS) {
      PaperClaim claim =
          model.equals("mnist-minionn")
              ? PaperClaims.SERVER_BYTES_MINIONN
              : PaperClaims.SERVER_BYTES_LENET;
      double falcon =
          PaperFigures.TABLE_2.stream()
              .filter(row -> row.model().equals(model) && row.system().equals("Falcon"))
              .mapToDouble(row -> MEGA * row.megabytes())
              .findFirst()
              .orElseThrow();
      Point point = Point.of(PaperExperiments.asPrinted(), model, 0, 2);
      Optional<Measurement> run = runs.find(point);
      if (run.isEmpty()) {
        verdicts.add(claim.notComparable(Double.NaN, "not run", "Run table2 to compare."));
        continue;
      }
      double all = Measurement.serverBytes(run.get().flows(), ServersOnly::perInference);
      double online = Measurement.serverBytes(run.get().flows(), Phase.ONLINE::equals);
      verdicts.add(
          claim.judge(
              all / falcon,
              String.format(
                  "%s on %s, measured bytes of all phases of one inference, over Falcon's printed"
                      + " ones",
                  point.protocol(), model),
              String.format(
                  "Online alone ours are %s times Falcon's (%s); nearly everything is garbled"
                      + " tables and ciphertexts made before the input is known. The paper does"
                      + " not say whether its sum holds them; the strict reading is judged.",
                  Units.digits(online / falcon), Units.bytes(online))));
    }
    return verdicts;
  }
}
