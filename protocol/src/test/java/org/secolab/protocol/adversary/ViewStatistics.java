package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Where two samples of views differ: every feature's mean and distribution, every pair's
 * correlation. All tests of one comparison together raise a false alarm with a stated probability.
 */
public final class ViewStatistics {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** One column for each feature. */
  private final List<double[]> first;

  private final List<double[]> second;
  private final List<String> differences = new ArrayList<>();

  private ViewStatistics(List<double[]> first, List<double[]> second) {
    this.first = columns(first);
    this.second = columns(second);
  }

  private static List<double[]> columns(List<double[]> rows) {
    return IntStream.range(0, rows.getFirst().length)
        .mapToObj(feature -> rows.stream().mapToDouble(row -> row[feature]).toArray())
        .toList();
  }

  /**
   * The statistics that differ.
   *
   * @param first rows of features, one for each inference
   * @param second the same from elsewhere
   * @param paired how many of the features, from the first on, are compared in pairs too
   * @param falseAlarm the probability that equal distributions show any difference
   */
  public static List<String> differences(
      List<double[]> first, List<double[]> second, int paired, double falseAlarm) {
    int width = first.getFirst().length;
    double level = falseAlarm / (2.0 * width + paired * (paired - 1) / 2.0);
    ViewStatistics statistics = new ViewStatistics(first, second);
    for (int f = 0; f < width; f++) {
      statistics.compareMeans(f, level);
      statistics.compareDistributions(f, level);
    }
    for (int f = 0; f < paired; f++) {
      for (int g = 0; g < f; g++) {
        statistics.compareCorrelations(f, g, level);
      }
    }
    return statistics.differences;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  private static boolean unlikely(double standardNormal, double level) {
    return 2 * NORMAL.cumulativeProbability(-Math.abs(standardNormal)) < level;
  }

  private void compareMeans(int feature, double level) {
    double[] one = first.get(feature);
    double[] two = second.get(feature);
    double error = Math.sqrt(variance(one) / one.length + variance(two) / two.length);
    double difference = mean(one) - mean(two);
    if (error < 1e-12 ? Math.abs(difference) > 1e-12 : unlikely(difference / error, level)) {
      differences.add("mean of feature " + feature + ": " + mean(one) + " and " + mean(two));
    }
  }

  private void compareDistributions(int feature, double level) {
    double[] one = first.get(feature);
    double[] two = second.get(feature);
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    double statistic = test.kolmogorovSmirnovStatistic(one, two);
    if (test.approximateP(statistic, one.length, two.length) < level) {
      differences.add("distribution of feature " + feature + ": distance " + statistic);
    }
  }

  private void compareCorrelations(int f, int g, double level) {
    double one = correlation(first.get(f), first.get(g));
    double two = correlation(second.get(f), second.get(g));
    double error = Math.sqrt(1.0 / (first.get(f).length - 3) + 1.0 / (second.get(f).length - 3));
    if (unlikely((fisher(one) - fisher(two)) / error, level)) {
      differences.add("correlation of features " + f + " and " + g + ": " + one + " and " + two);
    }
  }

  /** Fisher's transformation, which makes a correlation nearly normal; bounded at its poles. */
  private static double fisher(double correlation) {
    double bounded = Math.max(-0.999, Math.min(0.999, correlation));
    return 0.5 * Math.log((1 + bounded) / (1 - bounded));
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    double scale = Math.sqrt(variance(x) * variance(y)) * (x.length - 1);
    return scale < 1e-12 ? 0 : sum / scale;
  }
}
