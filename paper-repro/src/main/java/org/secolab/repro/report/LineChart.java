package org.secolab.repro.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/** Lines over a common x axis; the y axis begins at 0 or is logarithmic. */
public final class LineChart {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 340;
  private static final int LEFT = 80;
  private static final int RIGHT = 30;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;

  /**
   * A place on a line.
   *
   * @param x where
   * @param y how much; on a logarithmic axis positive
   */
  public record At(double x, double y) {}

  private record Line(String label, boolean dashed, List<At> points) {}

  private final String name;
  private final String caption;
  private final String xTitle;
  private final DoubleFunction<String> format;
  private final boolean logarithmic;
  private final List<Line> lines = new ArrayList<>();

  /**
   * An empty chart.
   *
   * @param xTitle what x counts
   * @param format writes a y value with its unit
   * @param logarithmic whether the y axis shows powers of ten
   */
  public LineChart(
      String name,
      String caption,
      String xTitle,
      DoubleFunction<String> format,
      boolean logarithmic) {
    this.name = name;
    this.caption = caption;
    this.xTitle = xTitle;
    this.format = format;
    this.logarithmic = logarithmic;
  }

  /** Adds a line through measured points; nothing if there are none. */
  public LineChart line(String label, List<At> points) {
    return add(label, false, points);
  }

  /** Adds a dashed line: printed, derived or predicted values. */
  public LineChart dashed(String label, List<At> points) {
    return add(label, true, points);
  }

  private LineChart add(String label, boolean dashed, List<At> points) {
    for (At at : points) {
      if (!Double.isFinite(at.x) || !Double.isFinite(at.y) || (logarithmic && at.y <= 0)) {
        throw new IllegalArgumentException(label + ": expected a place on the axes, got " + at);
      }
    }
    if (!points.isEmpty()) {
      List<At> sorted = points.stream().sorted(Comparator.comparingDouble(At::x)).toList();
      lines.add(new Line(label, dashed, sorted));
    }
    return this;
  }

  /** Draws. */
  public Chart chart() {
    Svg svg = new Svg(WIDTH, HEIGHT);
    Legend.draw(svg, lines.stream().map(Line::label).toList(), LEFT, 14);
    List<At> all = lines.stream().flatMap(line -> line.points.stream()).toList();
    double low = all.stream().mapToDouble(At::x).min().orElse(0);
    double high = Math.max(low + 1, all.stream().mapToDouble(At::x).max().orElse(1));
    double largest = all.stream().mapToDouble(At::y).max().orElse(1);
    double smallest = all.stream().mapToDouble(At::y).min().orElse(1);
    Axis y = logarithmic ? Axis.logarithmic(smallest, largest) : Axis.linear(largest);

    for (double tick : y.ticks()) {
      double at = yAt(y, tick);
      svg.line(LEFT, at, WIDTH - RIGHT, at, Svg.LINE, "");
      svg.text(LEFT - 8, at + 4, "end", Svg.FAINT, format.apply(tick));
    }
    all.stream()
        .mapToDouble(At::x)
        .distinct()
        .sorted()
        .forEach(
            x -> svg.text(xAt(low, high, x), HEIGHT - BOTTOM + 18, "middle", Svg.FAINT, xLabel(x)));
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", Svg.INK, xTitle);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      List<double[]> places =
          line.points.stream()
              .map(at -> new double[] {xAt(low, high, at.x), yAt(y, at.y)})
              .toList();
      svg.path(places, Svg.colour(i), line.dashed ? "stroke-dasharray:5 4" : "");
      for (int j = 0; j < places.size(); j++) {
        At at = line.points.get(j);
        String title = line.label + " at " + xLabel(at.x) + ": " + format.apply(at.y);
        double[] place = places.get(j);
        svg.circle(place[0], place[1], line.dashed ? 2 : 3.5, Svg.colour(i), title);
      }
    }
    return new Chart(name, caption, svg.toString());
  }

  private static String xLabel(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Units.digits(x);
  }

  private static double xAt(double low, double high, double x) {
    return LEFT + 14 + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT - 28);
  }

  private static double yAt(Axis axis, double y) {
    return HEIGHT - BOTTOM - axis.fraction(y) * (HEIGHT - TOP - BOTTOM);
  }

  /** Where values stand between bottom and top. */
  private record Axis(boolean logarithmic, double bottom, double top, double step) {
    static Axis linear(double largest) {
      double raw = Math.max(largest, Double.MIN_NORMAL) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(raw)));
      double ratio = raw / power;
      double step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
      return new Axis(false, 0, step * Math.ceil(largest / step), step);
    }

    static Axis logarithmic(double smallest, double largest) {
      double bottom = Math.pow(10, Math.floor(Math.log10(smallest)));
      double top = Math.pow(10, Math.max(Math.ceil(Math.log10(largest)), Math.log10(bottom) + 1));
      return new Axis(true, bottom, top, 10);
    }

    double fraction(double y) {
      return logarithmic ? Math.log(y / bottom) / Math.log(top / bottom) : top == 0 ? 0 : y / top;
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (double tick = bottom; tick <= top * (1 + 1e-9); ) {
        ticks.add(tick);
        tick = logarithmic ? tick * step : tick + step;
      }
      return ticks;
    }
  }
}
