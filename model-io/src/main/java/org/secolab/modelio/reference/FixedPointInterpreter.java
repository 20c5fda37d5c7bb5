package org.secolab.modelio.reference;

import java.util.ArrayList;
import java.util.List;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedArgmax;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.FixedSumPool;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * The definition of secure inference's result: a fixed-point network in clear, modulo t, wrapping
 * around. All values are residues in [0, t).
 */
public final class FixedPointInterpreter {
  private FixedPointInterpreter() {}

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
      long[] value = outputs.get(branch.source()).clone();
      for (int i = 0; i < value.length; i++) {
        value[i] = modulus.multiply(value[i], modulus.reduce(1L << branch.leftShift()));
      }
      for (FixedOperation operation : branch.operations()) {
        value = apply(operation, modulus, value);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] = modulus.add(sum[i], value[i]);
      }
    }
    return sum;
  }

  /** One operation of a branch. */
  public static long[] apply(FixedOperation operation, Modulus modulus, long[] input) {
    requireSize(operation.inputShape(), input);
    return switch (operation) {
      case FixedConvolution convolution -> convolve(convolution, modulus, input);
      case FixedSumPool pool -> sumPool(pool, modulus, input);
      case FixedReshape reshape -> input.clone();
    };
  }

  private static long[] convolve(FixedConvolution layer, Modulus modulus, long[] input) {
    Shape in = layer.inputShape();
    Shape out = layer.outputShape();
    Window w = layer.window();
    int inPerGroup = layer.groupChannels();
    int outPerGroup = layer.outputChannels() / layer.groups();
    long[] output = new long[out.size()];
    int o = 0;
    for (int m = 0; m < out.channels(); m++) {
      int firstChannel = m / outPerGroup * inPerGroup;
      for (int oy = 0; oy < out.height(); oy++) {
        for (int ox = 0; ox < out.width(); ox++, o++) {
          long sum = modulus.reduce(layer.bias()[m]);
          int k = m * inPerGroup * w.kernelSize();
          for (int c = firstChannel; c < firstChannel + inPerGroup; c++) {
            for (int ky = 0; ky < w.kernelHeight(); ky++) {
              for (int kx = 0; kx < w.kernelWidth(); kx++, k++) {
                int y = oy * w.strideHeight() - w.padTop() + ky * w.dilationHeight();
                int x = ox * w.strideWidth() - w.padLeft() + kx * w.dilationWidth();
                if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                  long value = input[(c * in.height() + y) * in.width() + x];
                  long weight = modulus.reduce(layer.weights()[k]);
                  sum = modulus.add(sum, modulus.multiply(weight, value));
                }
              }
            }
          }
          output[o] = sum;
        }
      }
    }
    return output;
  }

  private static long[] sumPool(FixedSumPool layer, Modulus modulus, long[] input) {
    int[][] windows = layer.window().gather(layer.inputShape());
    long[] output = new long[windows.length];
    for (int o = 0; o < output.length; o++) {
      for (int i : windows[o]) {
        if (i >= 0) {
          output[o] = modulus.add(output[o], input[i]);
        }
      }
    }
    return output;
  }

  /** An activation layer. */
  public static long[] apply(FixedActivation layer, Modulus modulus, long[] input) {
    requireSize(layer.inputShape(), input);
    long[] signed = new long[input.length];
    for (int i = 0; i < input.length; i++) {
      signed[i] = modulus.centered(input[i]);
    }
    long[] output =
        layer.window().isPresent()
            ? maximumPool(layer.window().get(), layer.inputShape(), signed)
            : signed;
    for (int i = 0; i < output.length; i++) {
      long value = layer.relu() ? Math.max(output[i], 0) : output[i];
      value >>= layer.shift();
      if (layer.clipMaximum().isPresent()) {
        value = Math.min(value, layer.clipMaximum().getAsLong());
      }
      output[i] = modulus.reduce(value);
    }
    return output;
  }

  private static long[] maximumPool(Window window, Shape shape, long[] input) {
    int[][] windows = window.gather(shape);
    long[] output = new long[windows.length];
    for (int o = 0; o < output.length; o++) {
      long maximum = Long.MIN_VALUE;
      for (int i : windows[o]) {
        if (i >= 0) {
          maximum = Math.max(maximum, input[i]);
        }
      }
      output[o] = maximum;
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
