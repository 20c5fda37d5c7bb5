package org.secolab.modelio.reference;

import java.util.ArrayList;
import java.util.List;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.Permutation;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/** The float network as it is defined, in double precision. */
public final class FloatInterpreter {
  private FloatInterpreter() {}

  /** The output of the model. */
  public static double[] run(Model model, float[] input) {
    double[] widened = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      widened[i] = input[i];
    }
    return runValues(model, widened).getLast();
  }

  /** All values: element 0 is the input, element i the value of node i. */
  public static List<double[]> runValues(Model model, double[] input) {
    if (input.length != model.inputShape().size()) {
      throw new IllegalArgumentException(
          "expected " + model.inputShape().size() + " values, got " + input.length);
    }
    List<double[]> values = new ArrayList<>();
    values.add(input);
    for (Model.Node node : model.nodes()) {
      values.add(apply(node.layer(), node.inputs().stream().map(values::get).toList()));
    }
    return values;
  }

  /** One operator on its inputs. */
  public static double[] apply(Layer layer, List<double[]> inputs) {
    double[] input = inputs.getFirst();
    return switch (layer) {
      case Convolution convolution -> convolve(convolution, input);
      case Layer.AveragePool pool -> averagePool(pool, input);
      case Layer.MaxPool pool -> maxPool(pool, input);
      case Layer.Sum sum -> sum(inputs);
      case Layer.Concatenation concatenation -> concatenate(inputs);
      case Layer.Reshape reshape -> input.clone();
      case Permutation permutation -> permute(permutation, input);
      case Layer.Relu relu -> clip(input, 0, Double.POSITIVE_INFINITY);
      case Layer.LeakyRelu relu -> leakyRelu(input, relu.slope());
      case Layer.Clip clip -> clip(input, clip.minimum(), clip.maximum());
    };
  }

  private static double[] convolve(Convolution layer, double[] input) {
    Shape in = layer.inputShape();
    Shape out = layer.outputShape();
    Window w = layer.window();
    int inPerGroup = in.channels() / layer.groups();
    int outPerGroup = out.channels() / layer.groups();
    double[] output = new double[out.size()];
    int o = 0;
    for (int m = 0; m < out.channels(); m++) {
      int firstChannel = m / outPerGroup * inPerGroup;
      for (int oy = 0; oy < out.height(); oy++) {
        for (int ox = 0; ox < out.width(); ox++, o++) {
          double sum = layer.bias()[m];
          int k = m * inPerGroup * w.kernelSize();
          for (int c = firstChannel; c < firstChannel + inPerGroup; c++) {
            for (int ky = 0; ky < w.kernelHeight(); ky++) {
              for (int kx = 0; kx < w.kernelWidth(); kx++, k++) {
                int y = oy * w.strideHeight() - w.padTop() + ky * w.dilationHeight();
                int x = ox * w.strideWidth() - w.padLeft() + kx * w.dilationWidth();
                if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                  sum += layer.weights()[k] * input[(c * in.height() + y) * in.width() + x];
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

  private static double[] averagePool(Layer.AveragePool layer, double[] input) {
    int[][] windows = layer.window().gather(layer.inputShape());
    double[] output = new double[windows.length];
    for (int o = 0; o < output.length; o++) {
      int count = 0;
      for (int i : windows[o]) {
        if (i >= 0) {
          output[o] += input[i];
          count++;
        }
      }
      output[o] /= layer.countPadding() ? windows[o].length : count;
    }
    return output;
  }

  private static double[] maxPool(Layer.MaxPool layer, double[] input) {
    int[][] windows = layer.window().gather(layer.inputShape());
    double[] output = new double[windows.length];
    for (int o = 0; o < output.length; o++) {
      output[o] = Double.NEGATIVE_INFINITY;
      for (int i : windows[o]) {
        if (i >= 0) {
          output[o] = Math.max(output[o], input[i]);
        }
      }
    }
    return output;
  }

  private static double[] sum(List<double[]> inputs) {
    double[] output = inputs.getFirst().clone();
    for (double[] input : inputs.subList(1, inputs.size())) {
      for (int i = 0; i < output.length; i++) {
        output[i] += input[i];
      }
    }
    return output;
  }

  private static double[] concatenate(List<double[]> inputs) {
    double[] output = new double[inputs.stream().mapToInt(input -> input.length).sum()];
    int start = 0;
    for (double[] input : inputs) {
      System.arraycopy(input, 0, output, start, input.length);
      start += input.length;
    }
    return output;
  }

  private static double[] permute(Permutation layer, double[] input) {
    double[] output = new double[input.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = input[layer.source(i)];
    }
    return output;
  }

  private static double[] leakyRelu(double[] input, double slope) {
    double[] output = new double[input.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = input[i] >= 0 ? input[i] : slope * input[i];
    }
    return output;
  }

  private static double[] clip(double[] input, double minimum, double maximum) {
    double[] output = new double[input.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = Math.min(Math.max(input[i], minimum), maximum);
    }
    return output;
  }
}
