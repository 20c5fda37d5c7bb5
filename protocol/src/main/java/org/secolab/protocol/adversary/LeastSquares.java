package org.secolab.protocol.adversary;

/** Least squares for many noisy equations in few unknowns: keeps AᵀA and Aᵀb only. */
final class LeastSquares {
  private final double[][] normal;
  private final double[] right;

  LeastSquares(int unknowns) {
    normal = new double[unknowns][unknowns];
    right = new double[unknowns];
  }

  /** Adds Σ row_i·x_i ≈ value. */
  void add(double[] row, double value) {
    for (int i = 0; i < row.length; i++) {
      double factor = row[i];
      if (factor != 0) {
        for (int j = 0; j <= i; j++) {
          normal[i][j] += factor * row[j];
        }
        right[i] += factor * value;
      }
    }
  }

  /** The unknowns for which the sum of squared errors is least, by elimination; used once. */
  double[] solve() {
    int n = right.length;
    for (int column = 0; column < n; column++) {
      // The matrix is symmetric and positive definite: pivots on the diagonal are never small.
      for (int row = column + 1; row < n; row++) {
        double factor = normal[row][column] / normal[column][column];
        for (int j = row; j < n; j++) {
          normal[j][row] -= factor * normal[j][column];
        }
        right[row] -= factor * right[column];
      }
    }
    double[] solution = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double sum = right[row];
      for (int j = row + 1; j < n; j++) {
        sum -= normal[j][row] * solution[j];
      }
      solution[row] = sum / normal[row][row];
    }
    return solution;
  }
}
