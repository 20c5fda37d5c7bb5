package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.Phase;
import org.secolab.repro.report.BarChart;
import org.secolab.repro.report.Chart;
import org.secolab.repro.report.Page;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.SequenceDiagram;
import org.secolab.repro.report.Table;
import org.secolab.repro.report.Units;

/** The page of one run: who sent what to whom, and what it cost whom, the user first. */
public final class RunPage {
  /** More arrows than this are too many to read; then those of a phase are drawn in one. */
  private static final int MOST_ARROWS = 90;

  private final Measurement run;

  private RunPage(Measurement run) {
    this.run = run;
  }

  /**
   * Describes a run.
   *
   * @param parameters how the parameters were chosen and what noise does, line by line
   * @param notices what a reader must know first
   */
  public static Page of(Measurement run, List<String> parameters, List<String> notices) {
    RunPage page = new RunPage(run);
    List<Section> sections = new ArrayList<>();
    sections.add(page.messages());
    sections.add(page.byParty());
    sections.add(page.byLayer());
    sections.add(NoiseSection.of(parameters));
    String point =
        String.format(
            "Protocol %s, model %s, split %d of %d, %d remote servers, %d fraction bits, network"
                + " %s. Equals plaintext: %s. %s, JDK %s, commit %s, %s.",
            run.point().protocol(),
            run.point().model(),
            run.point().split(),
            run.layers(),
            run.point().remoteServers(),
            run.point().fractionBits(),
            run.point().network(),
            run.equalsPlaintext() ? "yes" : "NO",
            run.provenance().machine(),
            run.provenance().jdk(),
            run.provenance().commit(),
            run.provenance().date());
    return new Page("A run of " + run.point().protocol(), point, notices, sections);
  }

  private static List<String> phases() {
    return Arrays.stream(Phase.values()).map(Phase::label).toList();
  }

  private Section messages() {
    boolean byLayer = run.flows().size() <= MOST_ARROWS;
    SequenceDiagram diagram =
        new SequenceDiagram(
            "messages",
            byLayer
                ? "Every directed link of every layer, in the order of phases; bytes with headers."
                : "Every directed link of every phase, all layers together; bytes with headers.",
            run.parties());
    for (Phase phase : Phase.values()) {
      List<Measurement.Flow> flows =
          run.flows().stream().filter(flow -> flow.phase() == phase).toList();
      if (flows.isEmpty()) {
        continue;
      }
      diagram.heading(phase.label());
      List<Integer> layers =
          byLayer
              ? flows.stream().map(Measurement.Flow::layer).distinct().sorted().toList()
              : List.of(-1);
      for (int layer : layers) {
        String note = layer < 0 ? "all layers" : layer == 0 ? "" : "layer " + layer;
        for (String from : run.parties()) {
          for (String to : run.parties()) {
            long[] sum = {0, 0};
            flows.stream()
                .filter(flow -> layer < 0 || flow.layer() == layer)
                .filter(flow -> flow.from().equals(from) && flow.to().equals(to))
                .forEach(
                    flow -> {
                      sum[0] += flow.messages();
                      sum[1] += flow.bytes();
                    });
            if (sum[0] > 0) {
              String label =
                  Units.bytes(sum[1])
                      + (sum[0] == 1 ? "" : String.format(Locale.ROOT, " in %,d", sum[0]));
              diagram.arrow(note, from, to, label, phases().indexOf(phase.label()));
              note = "";
            }
          }
        }
      }
    }
    return new Section(
        "messages",
        "Messages",
        List.of(
            "Setup and preprocessing make one-time material; only what stands under online waits"
                + " for the input."),
        List.of(diagram.chart()),
        List.of(),
        List.of());
  }

  private Chart stacked(String name, String caption, boolean bytes, ToDoubleFunction<Cost> value) {
    BarChart chart = new BarChart(name, caption, phases(), bytes ? Units::bytes : Units::millis);
    for (String party : run.parties()) {
      List<Double> parts = new ArrayList<>();
      for (Phase phase : Phase.values()) {
        parts.add(value.applyAsDouble(run.total(party, phase)));
      }
      chart.bar(party, parts);
    }
    return chart.chart();
  }

  private Section byParty() {
    List<List<String>> rows = new ArrayList<>();
    for (String party : run.parties()) {
      for (Phase phase : Phase.values()) {
        Cost cost = run.total(party, phase);
        if (!cost.equals(Cost.ZERO)) {
          rows.add(
              List.of(
                  party,
                  phase.label(),
                  Units.bytes(cost.bytesSent()),
                  Units.bytes(cost.bytesReceived()),
                  Long.toString(cost.rounds()),
                  Units.millis(cost.cpuNanos() / 1e6),
                  Units.millis(cost.wallNanos() / 1e6)));
        }
      }
    }
    List<List<String>> kept =
        run.parties().stream()
            .map(
                party ->
                    List.of(party, Units.bytes(run.peakMaterialBytes().getOrDefault(party, 0L))))
            .toList();
    return new Section(
        "parties",
        "Costs by party",
        List.of(
            String.format(
                "The user took part for %s and had the result after %s, online.",
                Units.millis(run.userParticipationMillis()),
                Units.millis(run.userWaitingMillis()))),
        List.of(
            stacked("party-sent", "Bytes sent.", true, Cost::bytesSent),
            stacked("party-received", "Bytes received.", true, Cost::bytesReceived),
            stacked("party-cpu", "CPU time.", false, cost -> cost.cpuNanos() / 1e6)),
        List.of(
            new Table(
                "parties",
                "Totals over the run",
                List.of("party", "phase", "sent", "received", "rounds", "CPU", "wall"),
                rows),
            new Table(
                "material",
                "The most one-time material held at once",
                List.of("party", "bytes"),
                kept)),
        List.of());
  }

  private Section byLayer() {
    BarChart bytes =
        new BarChart("layer-bytes", "Bytes sent by all parties, by layer.", phases(), Units::bytes);
    BarChart cpu =
        new BarChart("layer-cpu", "CPU time of all parties, by layer.", phases(), Units::millis);
    for (int layer = 0; layer <= run.layers(); layer++) {
      int number = layer;
      List<Double> sent = new ArrayList<>();
      List<Double> time = new ArrayList<>();
      for (Phase phase : Phase.values()) {
        Cost cost = run.total(entry -> entry.layer() == number && entry.phase() == phase);
        sent.add((double) cost.bytesSent());
        time.add(cost.cpuNanos() / 1e6);
      }
      String holder = layer <= run.point().split() ? "gateway" : "remote";
      String label =
          layer == 0
              ? "no layer in particular"
              : layer + " " + (layer % 2 == 1 ? "linear" : "activation") + ", " + holder;
      bytes.bar(label, sent);
      cpu.bar(label, time);
    }
    return new Section(
        "layers",
        "Costs by layer",
        List.of(),
        List.of(bytes.chart(), cpu.chart()),
        List.of(),
        List.of());
  }
}
