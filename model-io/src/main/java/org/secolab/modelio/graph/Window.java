package org.secolab.modelio.graph;

/**
 * How a kernel slides over an image: kernel size, strides, padding and dilation. Output (oy, ox)
 * looks at input rows oy·strideHeight − padTop + ky·dilationHeight, and columns alike.
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight,
    int dilationHeight,
    int dilationWidth) {

  /** A 1×1 kernel that looks at every pixel once. */
  public static final Window POINT = of(1, 1, 1, 1);

  /**
   * @throws IllegalArgumentException if a kernel extent, stride or dilation is outside 1..2^20 or a
   *     pad outside 0..2^20
   */
  public Window {
    checkRange("kernel height", kernelHeight, 1);
    checkRange("kernel width", kernelWidth, 1);
    checkRange("stride", strideHeight, 1);
    checkRange("stride", strideWidth, 1);
    checkRange("padding", padTop, 0);
    checkRange("padding", padLeft, 0);
    checkRange("padding", padBottom, 0);
    checkRange("padding", padRight, 0);
    checkRange("dilation", dilationHeight, 1);
    checkRange("dilation", dilationWidth, 1);
  }

  private static void checkRange(String what, int value, int minimum) {
    if (value < minimum || value > 1 << 20) {
      throw new IllegalArgumentException(
          "expected a " + what + " in " + minimum + ".." + (1 << 20) + ", got " + value);
    }
  }

  /** A window without padding and dilation. */
  public static Window of(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth) {
    return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, 0, 0, 0, 0, 1, 1);
  }

  /** This window with other padding. */
  public Window withPadding(int top, int left, int bottom, int right) {
    return new Window(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        top,
        left,
        bottom,
        right,
        dilationHeight,
        dilationWidth);
  }

  /** The number of kernel positions, kernelHeight·kernelWidth. */
  public int kernelSize() {
    return Math.multiplyExact(kernelHeight, kernelWidth);
  }

  public boolean isPadded() {
    return (padTop | padLeft | padBottom | padRight) != 0;
  }

  /**
   * Rows of the output over an input of the given height.
   *
   * @throws IllegalArgumentException if the kernel does not fit once
   */
  public int outputHeight(int height) {
    return outputExtent(
        "rows", height, kernelHeight, strideHeight, padTop, padBottom, dilationHeight);
  }

  /**
   * Columns of the output over an input of the given width.
   *
   * @throws IllegalArgumentException if the kernel does not fit once
   */
  public int outputWidth(int width) {
    return outputExtent(
        "columns", width, kernelWidth, strideWidth, padLeft, padRight, dilationWidth);
  }

  /** The shape of the output over an input, with the given number of output channels. */
  public Shape outputShape(Shape input, int outputChannels) {
    return new Shape(outputChannels, outputHeight(input.height()), outputWidth(input.width()));
  }

  private static int outputExtent(
      String what, int extent, int kernel, int stride, int before, int after, int dilation) {
    long padded = (long) extent + before + after;
    long covered = (long) (kernel - 1) * dilation + 1;
    if (covered > padded) {
      throw new IllegalArgumentException(
          "expected a kernel of at most " + padded + " " + what + ", got " + covered);
    }
    return Math.toIntExact((padded - covered) / stride + 1);
  }

  /**
   * For every output value of a channel-wise window over {@code input}, in output order: the flat
   * input indices of its window, row by row; −1 where the window lies on padding.
   *
   * @return {@code int[channels·outputHeight·outputWidth][kernelHeight·kernelWidth]}
   */
  public int[][] gather(Shape input) {
    Shape output = outputShape(input, input.channels());
    int[][] indices = new int[output.size()][kernelSize()];
    int o = 0;
    for (int c = 0; c < input.channels(); c++) {
      for (int oy = 0; oy < output.height(); oy++) {
        for (int ox = 0; ox < output.width(); ox++, o++) {
          int k = 0;
          for (int ky = 0; ky < kernelHeight; ky++) {
            for (int kx = 0; kx < kernelWidth; kx++, k++) {
              int y = oy * strideHeight - padTop + ky * dilationHeight;
              int x = ox * strideWidth - padLeft + kx * dilationWidth;
              boolean inside = y >= 0 && y < input.height() && x >= 0 && x < input.width();
              indices[o][k] = inside ? (c * input.height() + y) * input.width() + x : -1;
            }
          }
        }
      }
    }
    return indices;
  }
}
