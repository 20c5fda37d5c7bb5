package org.secolab.modelio.graph;

import java.util.Arrays;

/**
 * A two-dimensional convolution (as neural networks use the word: a cross-correlation) with bias. A
 * fully connected layer is the 1×1 convolution of an (n, 1, 1) image.
 */
public final class Convolution implements Layer.Linear {
  private final String name;
  private final Shape inputShape;
  private final Shape outputShape;
  private final Window window;
  private final int groups;
  private final double[] weights;
  private final double[] bias;

  /**
   * @param groups divides the input channels and {@code bias.length}
   * @param weights laid out {@code [outChannels][channels/groups][kernelHeight][kernelWidth]};
   *     kept, not copied
   * @param bias one number per output channel; kept, not copied
   * @throws IllegalArgumentException if the sizes do not fit each other
   */
  public Convolution(
      String name, Shape inputShape, Window window, int groups, double[] weights, double[] bias) {
    if (groups < 1 || inputShape.channels() % groups != 0 || bias.length % groups != 0) {
      throw new IllegalArgumentException(
          "expected a number of groups that divides "
              + inputShape.channels()
              + " input and "
              + bias.length
              + " output channels, got "
              + groups);
    }
    long expected = (long) bias.length * (inputShape.channels() / groups) * window.kernelSize();
    if (weights.length != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " weights, got " + weights.length);
    }
    this.name = name;
    this.inputShape = inputShape;
    this.outputShape = window.outputShape(inputShape, bias.length);
    this.window = window;
    this.groups = groups;
    this.weights = weights;
    this.bias = bias;
  }

  /** The layer weights·x + bias with {@code weights[out][in]}. */
  public static Convolution fullyConnected(
      String name, int inputs, double[] weights, double[] bias) {
    return new Convolution(name, Shape.vector(inputs), Window.POINT, 1, weights, bias);
  }

  /** scale·x + shift with one pair of numbers per channel. */
  public static Convolution channelwise(String name, Shape shape, double[] scale, double[] shift) {
    return new Convolution(name, shape, Window.POINT, shape.channels(), scale, shift);
  }

  /** Every value as it is. */
  public static Convolution identity(String name, Shape shape) {
    double[] ones = new double[shape.channels()];
    Arrays.fill(ones, 1);
    return channelwise(name, shape, ones, new double[ones.length]);
  }

  @Override
  public String name() {
    return name;
  }

  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public Shape outputShape() {
    return outputShape;
  }

  public Window window() {
    return window;
  }

  public int groups() {
    return groups;
  }

  public int outputChannels() {
    return bias.length;
  }

  /** The array itself, {@code [outChannels][channels/groups][kernelHeight][kernelWidth]}. */
  public double[] weights() {
    return weights;
  }

  /** The array itself, one number per output channel. */
  public double[] bias() {
    return bias;
  }

  /** Whether this is scale·x + shift with one pair of numbers per channel. */
  public boolean isChannelwise() {
    return window.equals(Window.POINT)
        && groups == inputShape.channels()
        && groups == outputShape.channels();
  }

  /** The same shape with other numbers. */
  public Convolution withParameters(double[] newWeights, double[] newBias) {
    return new Convolution(name, inputShape, window, groups, newWeights, newBias);
  }

  /** The same kernel over an image of other height and width. */
  public Convolution withInputShape(Shape shape) {
    return new Convolution(name, shape, window, groups, weights, bias);
  }

  @Override
  public String toString() {
    return "Convolution[" + name + " " + inputShape + "→" + outputShape + " " + window + "]";
  }
}
