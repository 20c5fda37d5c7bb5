package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.secolab.repro.report.BarChart;
import org.secolab.repro.report.Chart;
import org.secolab.repro.report.Section;

/**
 * The noise ledger: what each step of the chosen parameters' circuit does to the noise, in bits.
 */
final class NoiseSection {
  /** A step's result is the last power of two that a plan's line names. */
  private static final Pattern POWER = Pattern.compile("2\\^(\\d+\\.\\d)");

  private static final int LONGEST_LABEL = 28;

  private NoiseSection() {}

  /**
   * Draws the ledger of each key.
   *
   * @param parameters a plan's lines, {@code whose key: step: … 2^bits}
   */
  static Section of(List<String> parameters) {
    List<String> keys =
        parameters.stream()
            .filter(line -> line.contains(": "))
            .map(line -> line.substring(0, line.indexOf(": ")))
            .distinct()
            .toList();
    List<Chart> charts = new ArrayList<>();
    for (String key : keys) {
      BarChart chart =
          new BarChart(
              "noise-" + (charts.size() + 1),
              key
                  + ": log2 of the noise after each step; the first bars are what decrypts. The text"
                  + " below has every step in full.",
              List.of("bits"),
              bits -> String.format(Locale.ROOT, "2^%.1f", bits));
      int bars = 0;
      for (String line : parameters) {
        Matcher power = POWER.matcher(line);
        if (line.startsWith(key + ": ") && power.find()) {
          double bits = Double.parseDouble(power.group(1));
          while (power.find()) {
            bits = Double.parseDouble(power.group(1));
          }
          chart.bar(label(line.substring(key.length() + 2)), List.of(bits));
          bars++;
        }
      }
      if (bars > 0) {
        charts.add(chart.chart());
      }
    }
    return new Section("noise", "Parameters and noise", parameters, charts, List.of(), List.of());
  }

  private static String label(String step) {
    String words = step.split("[,:(=]", 2)[0].strip();
    return words.length() <= LONGEST_LABEL
        ? words
        : words.substring(0, LONGEST_LABEL - 1).stripTrailing() + "…";
  }
}
