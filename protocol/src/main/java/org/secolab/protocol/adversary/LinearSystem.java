package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;

/** Linear equations modulo 2^ℓ, solved by elimination with odd pivots. */
final class LinearSystem {
  private final int unknowns;
  private final long mask;
  private final List<long[]> rows = new ArrayList<>();

  /** For {@code unknowns} unknowns modulo 2^{@code bits}. */
  LinearSystem(int unknowns, int bits) {
    this.unknowns = unknowns;
    mask = -1L >>> (64 - bits);
  }

  /** Adds Σ coefficient_i·x_i = value; an equation of zeros is ignored. */
  void add(long[] coefficients, long value) {
    long[] row = new long[unknowns + 1];
    long any = 0;
    for (int i = 0; i < unknowns; i++) {
      row[i] = coefficients[i] & mask;
      any |= row[i];
    }
    row[unknowns] = value & mask;
    if (any != 0) {
      rows.add(row);
    }
  }

  /** How many equations there are. */
  int size() {
    return rows.size();
  }

  /** A solution as far as the equations determine one; unknowns without an odd pivot are 0. */
  long[] solve() {
    List<long[]> work = new ArrayList<>(rows.stream().map(long[]::clone).toList());
    long[] solution = new long[unknowns];
    int[] pivotColumn = new int[work.size()];
    int done = 0;
    for (int column = 0; column < unknowns && done < work.size(); column++) {
      int pivot = done;
      while (pivot < work.size() && (work.get(pivot)[column] & 1) == 0) {
        pivot++;
      }
      if (pivot < work.size()) {
        java.util.Collections.swap(work, done, pivot);
        eliminate(work, done, column);
        pivotColumn[done++] = column;
      }
    }
    for (int row = 0; row < done; row++) {
      solution[pivotColumn[row]] = work.get(row)[unknowns];
    }
    return solution;
  }

  private void eliminate(List<long[]> work, int pivot, int column) {
    long[] row = work.get(pivot);
    long inverse = inverse(row[column]);
    for (int i = 0; i <= unknowns; i++) {
      row[i] = row[i] * inverse & mask;
    }
    for (int other = 0; other < work.size(); other++) {
      long factor = work.get(other)[column];
      if (other != pivot && factor != 0) {
        for (int i = 0; i <= unknowns; i++) {
          work.get(other)[i] = work.get(other)[i] - factor * row[i] & mask;
        }
      }
    }
  }

  /** The inverse of an odd number modulo 2^64: each step doubles the bits that are right. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
