package org.secolab.modelio.graph;

/**
 * The shape of one image, stored flat as {@code [channel][row][column]}. A vector of n numbers is
 * (n, 1, 1).
 *
 * @param channels at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Shape(int channels, int height, int width) {

  /** No tensor of a model may have more values than this: 2^22. */
  public static final int MAXIMUM_SIZE = 1 << 22;

  /**
   * @throws IllegalArgumentException if an extent is below 1 or the size above {@link
   *     #MAXIMUM_SIZE}
   */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "expected extents of at least 1, got " + channels + "×" + height + "×" + width);
    }
    if ((long) channels * height > MAXIMUM_SIZE
        || (long) channels * height * width > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "expected at most "
              + MAXIMUM_SIZE
              + " values, got "
              + channels
              + "×"
              + height
              + "×"
              + width);
    }
  }

  /** The shape (n, 1, 1). */
  public static Shape vector(int n) {
    return new Shape(n, 1, 1);
  }

  /** The number of values. */
  public int size() {
    return channels * height * width;
  }

  /** Whether this is an (n, 1, 1) image. */
  public boolean isVector() {
    return height == 1 && width == 1;
  }

  @Override
  public String toString() {
    return channels + "×" + height + "×" + width;
  }
}
