package org.secolab.repro.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/** The table of {@link QuantiseCommand} as CSV and as a plot. */
final class AccuracyPlot {
  private AccuracyPlot() {}

  static Path csv(Path directory) {
    return directory.resolve("quantise.csv");
  }

  static Path svg(Path directory) {
    return directory.resolve("quantise.svg");
  }

  static void write(
      String model, List<Integer> ringBits, List<QuantiseCommand.Row> rows, Path directory)
      throws IOException {
    Files.writeString(csv(directory), table(ringBits, rows), StandardCharsets.UTF_8);
    Files.write(svg(directory), plot(model, ringBits, rows));
  }

  private static String table(List<Integer> ringBits, List<QuantiseCommand.Row> rows) {
    StringBuilder text =
        new StringBuilder(
            "fraction_bits,ring_bits,accuracy_percent,float_accuracy_percent,"
                + "agreement_percent_in_wide_ring,largest_logit_error_in_wide_ring,"
                + "proven_bits,observed_bits,inputs\n");
    for (QuantiseCommand.Row row : rows) {
      for (int i = 0; i < ringBits.size(); i++) {
        text.append(
            String.format(
                Locale.ROOT,
                "%d,%d,%.4f,%.4f,%.4f,%.6f,%.3f,%.3f,%d%n",
                row.fractionBits(),
                ringBits.get(i),
                row.percentByRing().get(i),
                row.accuracy().floatPercent(),
                row.accuracy().agreementPercent(),
                row.accuracy().largestLogitError(),
                row.provenBits(),
                row.observedBits(),
                row.accuracy().inputs()));
      }
    }
    return text.toString();
  }

  private static byte[] plot(String model, List<Integer> ringBits, List<QuantiseCommand.Row> rows)
      throws IOException {
    XYChart chart =
        SvgChart.empty(
            "Accuracy of " + model + " in fixed point", "fraction bits f", "accuracy in %");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(100.0);
    List<Integer> f = rows.stream().map(QuantiseCommand.Row::fractionBits).toList();
    for (int i = 0; i < ringBits.size(); i++) {
      int ring = i;
      chart.addSeries(
          "ring 2^" + ringBits.get(i),
          f,
          rows.stream().map(row -> row.percentByRing().get(ring)).toList());
    }
    chart.addSeries("float", f, rows.stream().map(row -> row.accuracy().floatPercent()).toList());
    return SvgChart.svg(chart);
  }
}
