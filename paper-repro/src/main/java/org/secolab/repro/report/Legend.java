package org.secolab.repro.report;

import java.util.List;

/** Which colour is which series, in one row. */
final class Legend {
  private static final double CHARACTER = 6.6;

  private Legend() {}

  static void draw(Svg svg, List<String> series, double left, double y) {
    double x = left;
    for (int i = 0; i < series.size(); i++) {
      svg.rect(x, y - 9, 10, 10, Svg.colour(i), series.get(i));
      svg.text(x + 15, y, "start", Svg.INK, series.get(i));
      x += 34 + CHARACTER * series.get(i).length();
    }
  }
}
