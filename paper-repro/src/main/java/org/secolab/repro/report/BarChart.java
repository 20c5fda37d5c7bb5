package org.secolab.repro.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Horizontal stacked bars: one bar for each row, one colour for each series. */
public final class BarChart {
  private static final int WIDTH = 860;
  private static final int LEFT = 190;
  private static final int RIGHT = 90;
  private static final int BAR = 18;
  private static final int STEP = 26;

  private record Bar(String label, List<Double> parts) {
    double sum() {
      return parts.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private final String name;
  private final String caption;
  private final List<String> series;
  private final DoubleFunction<String> format;
  private final List<Bar> bars = new ArrayList<>();

  /**
   * An empty chart.
   *
   * @param series what the parts of a bar are
   * @param format writes a value with its unit
   */
  public BarChart(String name, String caption, List<String> series, DoubleFunction<String> format) {
    this.name = name;
    this.caption = caption;
    this.series = List.copyOf(series);
    this.format = format;
  }

  /** Adds a bar below the others; as many parts, none negative, as there are series. */
  public BarChart bar(String label, List<Double> parts) {
    if (parts.size() != series.size() || parts.stream().anyMatch(part -> !(part >= 0))) {
      throw new IllegalArgumentException(
          label + ": expected " + series.size() + " parts of at least 0, got " + parts);
    }
    bars.add(new Bar(label, List.copyOf(parts)));
    return this;
  }

  /** Draws. */
  public Chart chart() {
    int top = series.size() > 1 ? 30 : 6;
    Svg svg = new Svg(WIDTH, top + STEP * bars.size() + 6);
    if (series.size() > 1) {
      Legend.draw(svg, series, LEFT, 12);
    }
    double largest = bars.stream().mapToDouble(Bar::sum).max().orElse(0);
    double scale = largest > 0 ? (WIDTH - LEFT - RIGHT) / largest : 0;
    double y = top;
    for (Bar bar : bars) {
      svg.text(LEFT - 8, y + 13, "end", Svg.INK, bar.label);
      double x = LEFT;
      for (int i = 0; i < series.size(); i++) {
        double part = bar.parts.get(i);
        if (part > 0) {
          String title = bar.label + ", " + series.get(i) + ": " + format.apply(part);
          svg.rect(x, y, part * scale, BAR, Svg.colour(i), title);
          x += part * scale;
        }
      }
      svg.text(x + 6, y + 13, "start", Svg.FAINT, format.apply(bar.sum()));
      y += STEP;
    }
    return new Chart(name, caption, svg.toString());
  }
}
