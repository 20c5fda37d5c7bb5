package org.secolab.lattice.packing;

/**
 * A two-dimensional convolution (cross-correlation) of one image, as ONNX {@code Conv} defines it;
 * one group.
 *
 * @param channels C, of the input
 * @param height of the input, without padding
 * @param width of the input, without padding
 * @param outChannels M
 * @param kernelHeight k_h
 * @param kernelWidth k_w
 * @param strideHeight s_h
 * @param strideWidth s_w
 * @param padTop rows of zeros above
 * @param padLeft columns of zeros on the left
 * @param padBottom rows of zeros below
 * @param padRight columns of zeros on the right
 * @param dilationHeight d_h: distance of kernel rows in the input
 * @param dilationWidth d_w
 */
public record ConvolutionShape(
    int channels,
    int height,
    int width,
    int outChannels,
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
  public ConvolutionShape {
    expectPositive("channels", channels, outChannels);
    expectPositive("image", height, width);
    expectPositive("kernel", kernelHeight, kernelWidth);
    expectPositive("stride", strideHeight, strideWidth);
    expectPositive("dilation", dilationHeight, dilationWidth);
    if (padTop < 0 || padLeft < 0 || padBottom < 0 || padRight < 0) {
      throw new IllegalArgumentException(
          "expected no negative padding, got "
              + String.join(", ", "" + padTop, "" + padLeft, "" + padBottom, "" + padRight));
    }
    if (dilationHeight * (kernelHeight - 1) >= padTop + height + padBottom
        || dilationWidth * (kernelWidth - 1) >= padLeft + width + padRight) {
      throw new IllegalArgumentException(
          String.format(
              "expected a kernel within the padded image, got %d x %d on %d x %d",
              dilationHeight * (kernelHeight - 1) + 1,
              dilationWidth * (kernelWidth - 1) + 1,
              padTop + height + padBottom,
              padLeft + width + padRight));
    }
  }

  private static void expectPositive(String what, int a, int b) {
    if (a < 1 || b < 1) {
      throw new IllegalArgumentException(
          "expected a positive size for " + what + ", got " + a + ", " + b);
    }
  }

  /** A convolution without dilation. */
  public ConvolutionShape(
      int channels,
      int height,
      int width,
      int outChannels,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int padTop,
      int padLeft,
      int padBottom,
      int padRight) {
    this(
        channels,
        height,
        width,
        outChannels,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padTop,
        padLeft,
        padBottom,
        padRight,
        1,
        1);
  }

  /** The matrix-vector product of a fully connected layer. */
  public static ConvolutionShape fullyConnected(int inputs, int outputs) {
    return new ConvolutionShape(inputs, 1, 1, outputs, 1, 1, 1, 1, 0, 0, 0, 0);
  }

  /** Rows of the output. */
  public int outHeight() {
    return (padTop + height + padBottom - kernelRows()) / strideHeight + 1;
  }

  /** Columns of the output. */
  public int outWidth() {
    return (padLeft + width + padRight - kernelColumns()) / strideWidth + 1;
  }

  /** Input rows that one output value sees, those between included. */
  int kernelRows() {
    return dilationHeight * (kernelHeight - 1) + 1;
  }

  /** Input columns that one output value sees, those between included. */
  int kernelColumns() {
    return dilationWidth * (kernelWidth - 1) + 1;
  }

  /** Values of the input: C·height·width. */
  public int inputSize() {
    return channels * height * width;
  }

  /** Values of the output: M·outHeight·outWidth. */
  public int outputSize() {
    return outChannels * outHeight() * outWidth();
  }

  /** Weights: M·C·k_h·k_w. */
  public int weightSize() {
    return outChannels * channels * kernelHeight * kernelWidth;
  }
}
