package org.secolab.repro.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.Phase;
import org.secolab.protocol.inference.SplitPlan;

/** The traffic of a sweep over the splits: all parties' and the user's, for each m. */
final class SweepPlot {
  /** One curve: megabytes per inference over the splits. */
  private static final class Curve {
    final List<Integer> splits = new ArrayList<>();
    final List<Double> megabytes = new ArrayList<>();
  }

  private final Map<String, Curve> curves = new TreeMap<>();

  /** Adds one run's point to the curves. */
  void add(SplitPlan split, Outcome outcome) {
    double all = 0;
    double user = 0;
    for (Map.Entry<PartyId, CostMeter> entry : outcome.report().costs().entrySet()) {
      for (Phase phase : Phase.values()) {
        all += entry.getValue().total(phase).bytesSent();
        if (entry.getKey().equals(SplitPlan.USER)) {
          user += entry.getValue().total(phase).bytesSent();
          user += entry.getValue().total(phase).bytesReceived();
        }
      }
    }
    int inferences = outcome.items().size();
    point("all parties, m = " + split.remoteServers(), split.cut(), all / inferences);
    point("user, m = " + split.remoteServers(), split.cut(), user / inferences);
  }

  private void point(String curve, int split, double bytes) {
    if (bytes == 0) {
      return; // Nothing was sent, and the axis is logarithmic.
    }
    Curve points = curves.computeIfAbsent(curve, _ -> new Curve());
    points.splits.add(split);
    points.megabytes.add(bytes / 1e6);
  }

  /** The plot as an SVG file's content. */
  byte[] svg(String protocol, String model) throws IOException {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException(
          "--plot: expected a protocol that sends something, got " + protocol);
    }
    XYChart chart =
        SvgChart.empty(
            "Traffic of " + protocol + " on " + model + ", setup included",
            "layers on the gateway",
            "MB per inference");
    chart.getStyler().setYAxisLogarithmic(true);
    curves.forEach((name, curve) -> chart.addSeries(name, curve.splits, curve.megabytes));
    return SvgChart.svg(chart);
  }
}
