package org.secolab.modelio.fixed;

import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * A convolution with bias over Z_t. Weights and biases are any representatives modulo t: small
 * signed integers in a quantised model, uniform residues where they are additive shares.
 */
public final class FixedConvolution implements FixedOperation {
  private final Shape inputShape;
  private final Shape outputShape;
  private final Window window;
  private final int groups;
  private final long[] weights;
  private final long[] bias;

  /**
   * @param groups divides the input channels and {@code bias.length}
   * @param weights laid out {@code [outChannels][channels/groups][kernelHeight][kernelWidth]};
   *     kept, not copied
   * @param bias one number per output channel, at the scale of the result; kept, not copied
   * @throws IllegalArgumentException if the sizes do not fit each other
   */
  public FixedConvolution(
      Shape inputShape, Window window, int groups, long[] weights, long[] bias) {
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
    this.inputShape = inputShape;
    this.outputShape = window.outputShape(inputShape, bias.length);
    this.window = window;
    this.groups = groups;
    this.weights = weights;
    this.bias = bias;
  }

  /** The layer weights·x + bias with {@code weights[out][in]}: a 1×1 convolution. */
  public static FixedConvolution fullyConnected(int inputs, long[] weights, long[] bias) {
    return new FixedConvolution(Shape.vector(inputs), Window.POINT, 1, weights, bias);
  }

  @Override
  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public Shape outputShape() {
    return outputShape;
  }

  /** Kernel size, strides, padding and dilation. */
  public Window window() {
    return window;
  }

  public int groups() {
    return groups;
  }

  public int outputChannels() {
    return bias.length;
  }

  /** Input channels per group. */
  public int groupChannels() {
    return inputShape.channels() / groups;
  }

  /** Whether this is a full matrix: one group over an (n, 1, 1) image. */
  public boolean isFullyConnected() {
    return groups == 1 && inputShape.isVector() && window.equals(Window.POINT);
  }

  /** The array itself, {@code [outChannels][channels/groups][kernelHeight][kernelWidth]}. */
  public long[] weights() {
    return weights;
  }

  /** The array itself, one number per output channel. */
  public long[] bias() {
    return bias;
  }

  /** The same shape with other numbers, for example additive shares modulo t. */
  public FixedConvolution withParameters(long[] newWeights, long[] newBias) {
    if (newBias.length != bias.length) {
      throw new IllegalArgumentException(
          "expected " + bias.length + " biases, got " + newBias.length);
    }
    return new FixedConvolution(inputShape, window, groups, newWeights, newBias);
  }

  @Override
  public String toString() {
    return "FixedConvolution[" + inputShape + "→" + outputShape + " " + window + "]";
  }
}
