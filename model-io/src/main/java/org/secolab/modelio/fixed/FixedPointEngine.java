package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * Fixed-point networks, fast: equal to {@code reference.FixedPointInterpreter} for all inputs and
 * parameters, among them uniform residues (shares of weights, masked activations).
 *
 * <p>Modulo 2^ℓ everything is plain long arithmetic, which wraps modulo 2^64, masked once at the
 * end.
 */
public final class FixedPointEngine {
  private FixedPointEngine() {}

  /** The output of the last layer. */
  public static long[] run(FixedModel model, long[] input) {
    return runLayers(model, input).getLast();
  }

  /** The outputs of all layers: element i is the output of layer i, element 0 the input. */
  public static List<long[]> runLayers(FixedModel model, long[] input) {
    requireSize(model.inputShape(), input);
    List<long[]> outputs = new ArrayList<>();
    outputs.add(input);
    for (FixedLayer layer : model.layers()) {
      outputs.add(
          switch (layer) {
            case FixedLinear linear -> apply(linear, model.modulus(), outputs);
            case FixedActivation activation ->
                apply(activation, model.modulus(), outputs.getLast());
            case FixedArgmax argmax ->
                new long[] {argmax.position(model.modulus(), outputs.getLast())};
          });
    }
    return outputs;
  }

  /**
   * A linear layer.
   *
   * @param outputs element i is the output of layer i, element 0 the model's input
   */
  public static long[] apply(FixedLinear layer, Modulus modulus, List<long[]> outputs) {
    long[] sum = new long[layer.outputShape().size()];
    for (FixedLinear.Branch branch : layer.branches()) {
      long[] value = outputs.get(branch.source());
      if (branch.leftShift() > 0) {
        value = shifted(value, branch.leftShift(), modulus);
      }
      for (FixedOperation operation : branch.operations()) {
        value = apply(operation, modulus, value);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] = modulus.reduce(sum[i] + value[i]);
      }
    }
    return sum;
  }

  private static long[] shifted(long[] values, int bits, Modulus modulus) {
    long factor = modulus.reduce(1L << bits);
    long[] result = new long[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = modulus.multiply(values[i], factor);
    }
    return result;
  }

  /** One operation of a branch. The result may be the input array itself (reshapes). */
  public static long[] apply(FixedOperation operation, Modulus modulus, long[] input) {
    requireSize(operation.inputShape(), input);
    return switch (operation) {
      case FixedConvolution convolution ->
          modulus.isPowerOfTwo()
              ? convolveWrapping(convolution, modulus, input)
              : convolvePrime(convolution, modulus, input);
      case FixedSumPool pool -> sumPool(pool, modulus, input);
      case FixedReshape reshape -> input;
    };
  }

  private static long[] convolveWrapping(FixedConvolution layer, Modulus modulus, long[] input) {
    long[] output;
    if (layer.isFullyConnected()) {
      output = new long[layer.outputChannels()];
      multiplyMatrix(layer.weights(), layer.bias(), input, output);
    } else {
      output =
          modulus.bits() <= 32
              ? WrappingConvolution.apply32(layer, input)
              : WrappingConvolution.apply64(layer, input);
    }
    long mask = modulus.value() - 1;
    for (int i = 0; i < output.length; i++) {
      output[i] &= mask;
    }
    return output;
  }

  private static void multiplyMatrix(long[] weights, long[] bias, long[] input, long[] output) {
    int n = input.length;
    for (int m = 0; m < output.length; m++) {
      long sum = bias[m];
      int row = m * n;
      for (int i = 0; i < n; i++) {
        sum += weights[row + i] * input[i];
      }
      output[m] = sum;
    }
  }

  private static long[] convolvePrime(FixedConvolution layer, Modulus modulus, long[] input) {
    int inPerGroup = layer.groupChannels();
    int outPerGroup = layer.outputChannels() / layer.groups();
    Shape in = layer.inputShape();
    Shape out = layer.outputShape();
    long[] weights = new long[layer.weights().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = modulus.reduce(layer.weights()[i]);
    }
    int[][] gather = layer.window().gather(new Shape(1, in.height(), in.width()));
    int kernel = layer.window().kernelSize();
    long[] output = new long[out.size()];
    int o = 0;
    for (int m = 0; m < out.channels(); m++) {
      int firstChannel = m / outPerGroup * inPerGroup;
      for (int[] window : gather) {
        long sum = modulus.reduce(layer.bias()[m]);
        for (int c = 0; c < inPerGroup; c++) {
          int plane = (firstChannel + c) * in.height() * in.width();
          int k = (m * inPerGroup + c) * kernel;
          for (int i = 0; i < kernel; i++) {
            if (window[i] >= 0) {
              sum += modulus.multiply(weights[k + i], input[plane + window[i]]);
              // Both terms are below t < 2^50, so one subtraction reduces; no branch on shares.
              sum -= modulus.value();
              sum += modulus.value() & (sum >> 63);
            }
          }
        }
        output[o++] = sum;
      }
    }
    return output;
  }

  private static long[] sumPool(FixedSumPool layer, Modulus modulus, long[] input) {
    Shape in = layer.inputShape();
    int[][] windows = layer.window().gather(new Shape(1, in.height(), in.width()));
    int plane = in.height() * in.width();
    long[] output = new long[in.channels() * windows.length];
    int o = 0;
    for (int c = 0; c < in.channels(); c++) {
      for (int[] window : windows) {
        long sum = 0;
        for (int i : window) {
          if (i >= 0) {
            sum = modulus.reduce(sum + input[c * plane + i]);
          }
        }
        output[o++] = sum;
      }
    }
    return output;
  }

  /** An activation layer. */
  public static long[] apply(FixedActivation layer, Modulus modulus, long[] input) {
    requireSize(layer.inputShape(), input);
    long[] output =
        layer.window().isPresent()
            ? maximumPool(layer.window().get(), layer.inputShape(), modulus, input)
            : centered(modulus, input);
    long minimum = layer.relu() ? 0 : Long.MIN_VALUE;
    OptionalLong clip = layer.clipMaximum();
    long maximum = clip.isPresent() ? clip.getAsLong() : Long.MAX_VALUE;
    for (int i = 0; i < output.length; i++) {
      long value = Math.min(Math.max(output[i], minimum) >> layer.shift(), maximum);
      output[i] = modulus.reduce(value);
    }
    return output;
  }

  private static long[] centered(Modulus modulus, long[] input) {
    long[] output = new long[input.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = modulus.centered(input[i]);
    }
    return output;
  }

  private static long[] maximumPool(Window window, Shape in, Modulus modulus, long[] input) {
    int[][] windows = window.gather(new Shape(1, in.height(), in.width()));
    int plane = in.height() * in.width();
    long[] output = new long[in.channels() * windows.length];
    int o = 0;
    for (int c = 0; c < in.channels(); c++) {
      for (int[] indices : windows) {
        long maximum = Long.MIN_VALUE;
        for (int i : indices) {
          if (i >= 0) {
            maximum = Math.max(maximum, modulus.centered(input[c * plane + i]));
          }
        }
        output[o++] = maximum;
      }
    }
    return output;
  }

  private static void requireSize(Shape shape, long[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "expected " + shape.size() + " values (" + shape + "), got " + values.length);
    }
  }
}
