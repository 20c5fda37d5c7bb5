package org.secolab.protocol.adversary;

import java.util.List;

/**
 * A simple trained distinguisher: P(class 1 | x) = 1/(1 + exp(−w·x − b)), fitted by gradient
 * descent on the log-likelihood with a quadratic penalty, features scaled to mean 0 and variance 1.
 */
final class LogisticRegression {
  private static final int STEPS = 300;
  private static final double RATE = 0.5;
  private static final double PENALTY = 0.01;

  private final double[] mean;
  private final double[] scale;
  private final double[] weights;
  private double bias;

  private LogisticRegression(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
    this.weights = new double[mean.length];
  }

  /** Trains on rows of features and their classes. */
  static LogisticRegression train(List<double[]> rows, boolean[] classes) {
    int width = rows.getFirst().length;
    double[] mean = new double[width];
    double[] scale = new double[width];
    for (int f = 0; f < width; f++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : rows) {
        sum += row[f];
        squares += row[f] * row[f];
      }
      mean[f] = sum / rows.size();
      double variance = squares / rows.size() - mean[f] * mean[f];
      scale[f] = variance < 1e-12 ? 0 : 1 / Math.sqrt(variance);
    }
    LogisticRegression regression = new LogisticRegression(mean, scale);
    List<double[]> scaled = rows.stream().map(regression::scaled).toList();
    for (int step = 0; step < STEPS; step++) {
      regression.descend(scaled, classes);
    }
    return regression;
  }

  private void descend(List<double[]> rows, boolean[] classes) {
    double[] gradient = new double[weights.length];
    double biasGradient = 0;
    for (int i = 0; i < rows.size(); i++) {
      double error = probability(rows.get(i)) - (classes[i] ? 1 : 0);
      for (int f = 0; f < gradient.length; f++) {
        gradient[f] += error * rows.get(i)[f];
      }
      biasGradient += error;
    }
    for (int f = 0; f < gradient.length; f++) {
      weights[f] -= RATE * (gradient[f] / rows.size() + PENALTY * weights[f]);
    }
    bias -= RATE * biasGradient / rows.size();
  }

  private double[] scaled(double[] row) {
    double[] result = new double[row.length];
    for (int f = 0; f < row.length; f++) {
      result[f] = (row[f] - mean[f]) * scale[f];
    }
    return result;
  }

  private double probability(double[] scaledRow) {
    double sum = bias;
    for (int f = 0; f < weights.length; f++) {
      sum += weights[f] * scaledRow[f];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  /** How many rows it puts into their class. */
  int correct(List<double[]> rows, boolean[] classes) {
    int correct = 0;
    for (int i = 0; i < rows.size(); i++) {
      if ((probability(scaled(rows.get(i))) > 0.5) == classes[i]) {
        correct++;
      }
    }
    return correct;
  }
}
