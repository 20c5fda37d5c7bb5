package org.secolab.modelio.graph;

/**
 * One operator of the float graph with its shapes. Every operator but {@link Sum} and {@link
 * Concatenation} has exactly one input.
 */
public sealed interface Layer {

  /** The name of the ONNX node it came from. */
  String name();

  Shape outputShape();

  /** An affine layer or a rearrangement: everything but activations. */
  sealed interface Linear extends Layer
      permits Convolution, AveragePool, Sum, Concatenation, Reshape, Permutation {}

  /** A non-linear layer. */
  sealed interface Activation extends Layer permits Relu, LeakyRelu, Clip, MaxPool {}

  /**
   * The mean over each window, channel by channel.
   *
   * @param window how it slides
   * @param countPadding whether values on the padding count (as zeros); if not, each mean is over
   *     the values inside the image
   */
  record AveragePool(String name, Shape inputShape, Window window, boolean countPadding)
      implements Linear {
    @Override
    public Shape outputShape() {
      return window.outputShape(inputShape, inputShape.channels());
    }

    /** Whether every mean divides by the same number, {@link Window#kernelSize}. */
    public boolean hasOneDivisor() {
      return countPadding || !window.isPadded();
    }
  }

  /** The sum of two or more values of one shape. */
  record Sum(String name, Shape outputShape) implements Linear {}

  /** Several values of equal height and width, one after the other along the channels. */
  record Concatenation(String name, Shape outputShape) implements Linear {}

  /** Another shape for the same values in the same order. */
  record Reshape(String name, Shape inputShape, Shape outputShape) implements Linear {
    /**
     * @throws IllegalArgumentException if the sizes differ
     */
    public Reshape {
      if (inputShape.size() != outputShape.size()) {
        throw new IllegalArgumentException(
            "expected " + inputShape.size() + " values, got " + outputShape);
      }
    }
  }

  /** max(x, 0). */
  record Relu(String name, Shape outputShape) implements Activation {}

  /** x where x ≥ 0, slope·x elsewhere. */
  record LeakyRelu(String name, Shape outputShape, double slope) implements Activation {}

  /** min(max(x, minimum), maximum); ReLU6 is Clip with 0 and 6. */
  record Clip(String name, Shape outputShape, double minimum, double maximum)
      implements Activation {}

  /** The maximum over each window, channel by channel; padding never wins. */
  record MaxPool(String name, Shape inputShape, Window window) implements Activation {
    @Override
    public Shape outputShape() {
      return window.outputShape(inputShape, inputShape.channels());
    }
  }
}
