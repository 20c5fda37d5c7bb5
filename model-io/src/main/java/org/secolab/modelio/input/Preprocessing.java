package org.secolab.modelio.input;

import java.util.List;
import org.secolab.modelio.fixed.InputRange;

/**
 * How bytes become the numbers a network was trained on: (pixel − mean) / deviation, in double
 * precision, then rounded to float.
 *
 * @param means in units of pixels, 0..255; one for all channels, or one per channel
 * @param deviations as many, positive
 * @param range what every value may be; floating-point sources are only checked against it
 * @param resizes whether pictures of another size are resized; if not, they are refused
 */
public record Preprocessing(
    List<Double> means, List<Double> deviations, InputRange range, boolean resizes) {

  /** pixel / 255, in [0, 1]. */
  public static final Preprocessing UNIT = ofPixels(List.of(0.0), List.of(255.0));

  /** pixel / 127.5 − 1, in [−1, 1]. */
  public static final Preprocessing SYMMETRIC = ofPixels(List.of(127.5), List.of(127.5));

  /**
   * @throws IllegalArgumentException if the lists are empty or differ in length, or a number is not
   *     finite or a deviation not positive
   */
  public Preprocessing {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty() || means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "expected as many deviations as means, got "
              + deviations.size()
              + " and "
              + means.size());
    }
    for (int i = 0; i < means.size(); i++) {
      double deviation = deviations.get(i);
      if (!Double.isFinite(means.get(i)) || !(deviation > 0 && deviation < 1e9)) {
        throw new IllegalArgumentException(
            "expected finite means and positive deviations, got "
                + means.get(i)
                + " and "
                + deviation);
      }
    }
  }

  /** Bytes become (pixel − mean) / deviation; the range follows from 0 ≤ pixel ≤ 255. */
  public static Preprocessing ofPixels(List<Double> means, List<Double> deviations) {
    Preprocessing unranged = new Preprocessing(means, deviations, InputRange.UNIT, false);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < means.size(); c++) {
      low = Math.min(low, unranged.apply(0, c));
      high = Math.max(high, unranged.apply(255, c));
    }
    return new Preprocessing(means, deviations, new InputRange(low, high), false);
  }

  /** Values are taken as they are and must lie in the range. */
  public static Preprocessing ofValues(InputRange range) {
    return new Preprocessing(List.of(0.0), List.of(1.0), range, false);
  }

  /** The same, with pictures resized to what the network expects. */
  public Preprocessing withResizing() {
    return new Preprocessing(means, deviations, range, true);
  }

  /** Whether it leaves numbers as they are. */
  public boolean keepsValues() {
    return means.equals(List.of(0.0)) && deviations.equals(List.of(1.0));
  }

  /** Whether it says what to do with an image of so many channels. */
  public boolean fits(int channels) {
    return means.size() == 1 || means.size() == channels;
  }

  /**
   * The number a byte of a channel stands for.
   *
   * @param pixel 0..255
   */
  public float apply(int pixel, int channel) {
    int i = means.size() == 1 ? 0 : channel;
    return (float) ((pixel - means.get(i)) / deviations.get(i));
  }
}
