package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * The factors that explain values best: the least sum of squared relative errors.
 *
 * @param factors one for each column
 * @param largestError relative, of all rows
 */
record LeastSquares(List<Double> factors, double largestError) {
  /**
   * A value and what it may be made of.
   *
   * @param columns as many in each row
   * @param value not 0
   */
  record Row(List<Double> columns, double value) {}

  LeastSquares {
    factors = List.copyOf(factors);
  }

  /** Solves the normal equations by elimination; the columns must be independent. */
  static LeastSquares of(List<Row> rows) {
    int n = rows.getFirst().columns.size();
    double[][] a = new double[n][n + 1];
    for (Row row : rows) {
      for (int i = 0; i < n; i++) {
        double scaled = row.columns.get(i) / row.value;
        for (int j = 0; j < n; j++) {
          a[i][j] += scaled * row.columns.get(j) / row.value;
        }
        a[i][n] += scaled;
      }
    }
    // The matrix is positive definite: no pivoting needed.
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double factor = k == i ? 0 : a[k][i] / a[i][i];
        for (int j = i; j <= n; j++) {
          a[k][j] -= factor * a[i][j];
        }
      }
    }
    List<Double> factors = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      factors.add(a[i][n] / a[i][i]);
    }
    double largest = 0;
    for (Row row : rows) {
      double explained = 0;
      for (int i = 0; i < n; i++) {
        explained += factors.get(i) * row.columns.get(i);
      }
      largest = Math.max(largest, Math.abs(explained / row.value - 1));
    }
    return new LeastSquares(factors, largest);
  }
}
