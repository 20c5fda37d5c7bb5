package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.secolab.foundation.transport.Phase;
import org.secolab.repro.report.LineChart;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Units;

/** An example of an experiment of your own: what more remote servers cost the MLP. */
public final class RemoteServersExperiment implements Experiment {
  @Override
  public String name() {
    return "remote-servers";
  }

  @Override
  public List<Point> points(Scale scale) {
    return IntStream.rangeClosed(2, 3).mapToObj(m -> Point.of("seco", "mnist-mlp", 2, m)).toList();
  }

  @Override
  public Section section(Scale scale, Runs runs) {
    List<LineChart.At> setup = new ArrayList<>();
    for (Measurement run : runs.of("seco", "mnist-mlp")) {
      long bytes = Measurement.serverBytes(run.flows(), Phase.SETUP_PER_INFERENCE::equals);
      setup.add(new LineChart.At(run.point().remoteServers(), bytes));
    }
    LineChart chart = new LineChart(name(), "Setup.", "remote servers", Units::bytes, false);
    return new Section(
        name(),
        "More remote servers",
        List.of("Setup grows with their number."),
        List.of(chart.line("between servers", setup).chart()),
        List.of(),
        List.of());
  }
}
