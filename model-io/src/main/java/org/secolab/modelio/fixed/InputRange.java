package org.secolab.modelio.fixed;

/**
 * The declared range of every input value.
 *
 * @param low at most {@code high}
 * @param high finite
 */
public record InputRange(double low, double high) {
  /** Pixels divided by 255. */
  public static final InputRange UNIT = new InputRange(0, 1);

  /** Pixels mapped to −1..1. */
  public static final InputRange SYMMETRIC = new InputRange(-1, 1);

  /**
   * @throws IllegalArgumentException unless −2^20 ≤ low ≤ high ≤ 2^20
   */
  public InputRange {
    double limit = 1 << 20;
    if (!(low >= -limit && low <= high && high <= limit)) {
      throw new IllegalArgumentException(
          "expected an input range inside ±2^20, got [" + low + ", " + high + "]");
    }
  }

  public boolean contains(double x) {
    return x >= low && x <= high;
  }

  @Override
  public String toString() {
    return "[" + low + ", " + high + "]";
  }
}
