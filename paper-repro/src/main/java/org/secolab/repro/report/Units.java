package org.secolab.repro.report;

import java.util.Locale;

/** Figures for people: three significant digits and a unit. */
public final class Units {
  private Units() {}

  /** Bytes in decimal units. */
  public static String bytes(double count) {
    return scaled(count, 1000, "B", "kB", "MB", "GB", "TB");
  }

  /** Bytes in decimal units. */
  public static String bytes(long count) {
    return bytes((double) count);
  }

  /** Milliseconds, or seconds from one second on, or minutes. */
  public static String millis(double millis) {
    if (millis < 1000) {
      return digits(millis) + " ms";
    }
    return millis < 600_000 ? digits(millis / 1000) + " s" : digits(millis / 60_000) + " min";
  }

  /** A ratio. */
  public static String times(double ratio) {
    return digits(ratio) + "×";
  }

  /** Three significant digits. */
  public static String digits(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size >= 100 || size == 0) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }

  private static String scaled(double value, double step, String... units) {
    double rest = value;
    int unit = 0;
    while (rest >= step && unit + 1 < units.length) {
      rest /= step;
      unit++;
    }
    return (unit == 0 ? String.format(Locale.ROOT, "%.0f", rest) : digits(rest))
        + " "
        + units[unit];
  }
}
