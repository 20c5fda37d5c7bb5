package org.secolab.repro.report;

import java.util.Locale;

/** Draws; coordinates in pixels from the top left. */
final class Svg {
  /** Colours that stay apart for colour-blind readers and on paper; the page may replace them. */
  private static final String[] COLOURS = {
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#dd9933"
  };

  static final String INK = "var(--ink,#222)";
  static final String FAINT = "var(--faint,#888)";
  static final String LINE = "var(--line,#ddd)";

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;

  Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  static String colour(int series) {
    int index = series % COLOURS.length;
    return "var(--c" + index + "," + COLOURS[index] + ")";
  }

  Svg rect(double x, double y, double w, double h, String fill, String title) {
    add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" ", x, y, Math.max(0, w), h);
    body.append("style=\"fill:").append(fill).append("\">");
    body.append("<title>").append(Html.text(title)).append("</title></rect>");
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String stroke, String more) {
    add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" ", x1, y1, x2, y2);
    body.append("style=\"stroke:").append(stroke).append(";").append(more).append("\"/>");
    return this;
  }

  Svg circle(double x, double y, double radius, String fill, String title) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" ", x, y, radius);
    body.append("style=\"fill:").append(fill).append("\">");
    body.append("<title>").append(Html.text(title)).append("</title></circle>");
    return this;
  }

  /** A line through points {x, y}. */
  Svg path(Iterable<double[]> points, String stroke, String more) {
    body.append("<path d=\"");
    String command = "M";
    for (double[] point : points) {
      add("%s%.1f %.1f", command, point[0], point[1]);
      command = "L";
    }
    body.append("\" style=\"fill:none;stroke:").append(stroke).append(";stroke-width:2;");
    body.append(more).append("\"/>");
    return this;
  }

  /** Text whose baseline begins, is centred or ends ({@code start, middle, end}) at x. */
  Svg text(double x, double y, String anchor, String fill, String text) {
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" ", x, y, anchor);
    body.append("style=\"fill:").append(fill).append("\">").append(Html.text(text));
    body.append("</text>");
    return this;
  }

  /** An arrow head at (x, y) that points right or left. */
  Svg head(double x, double y, boolean right, String fill) {
    double back = right ? x - 7 : x + 7;
    add("<path d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fZ\" ", x, y, back, y - 3.5, back, y + 3.5);
    body.append("style=\"fill:").append(fill).append("\"/>");
    return this;
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values));
  }

  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
                + " height=\"%.0f\" role=\"img\" style=\"font:12px system-ui,sans-serif\">",
            width,
            height,
            width,
            height)
        + body
        + "</svg>";
  }
}
