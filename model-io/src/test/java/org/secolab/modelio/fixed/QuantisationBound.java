package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * How far a fixed-point network's values can be from those of the real-valued one on a given input:
 * a bound carried through the network from the rounding of inputs, parameters and shifts.
 *
 * <p>With |w − ŵ/2^f| ≤ u for u = 2^−(f+1), a product differs by at most (|ŵ|/2^f + u)·e + u·|x̂|
 * where e bounds the error of x. ReLU, clips and maxima do not enlarge errors.
 */
final class QuantisationBound {
  private QuantisationBound() {}

  /** Bounds on the output's errors, in real units. */
  static double[] of(FixedModel model, long[] input) {
    List<long[]> values = FixedPointEngine.runLayers(model, input);
    int f = model.fractionBits();
    List<double[]> errors = new ArrayList<>();
    double[] start = new double[input.length];
    Arrays.fill(start, Math.scalb(0.5, -f));
    errors.add(start);
    for (int i = 1; i <= model.layers().size(); i++) {
      errors.add(
          switch (model.layer(i)) {
            case FixedLinear linear -> linear(model, linear, values, errors, scaleBits(model, i));
            case FixedActivation activation -> activate(activation, errors.getLast(), f);
            case FixedArgmax _ -> throw new AssertionError("a decision has no error bound");
          });
    }
    return errors.getLast();
  }

  private static int scaleBits(FixedModel model, int layer) {
    return layer == model.layers().size()
        ? model.outputScaleBits()
        : model.fractionBits() + ((FixedActivation) model.layer(layer + 1)).shift();
  }

  private static double[] linear(
      FixedModel model,
      FixedLinear layer,
      List<long[]> values,
      List<double[]> errors,
      int scaleBits) {
    double[] sum = new double[layer.outputShape().size()];
    int f = model.fractionBits();
    for (FixedLinear.Branch branch : layer.branches()) {
      long[] value = values.get(branch.source());
      double[] error = errors.get(branch.source()).clone();
      // In units of one at the scale the values have.
      int scale = f + branch.leftShift();
      long factor = 1L << branch.leftShift();
      value = Arrays.stream(value).map(v -> v * factor).toArray();
      error = Arrays.stream(error).map(e -> Math.scalb(e, scale)).toArray();
      for (FixedOperation operation : branch.operations()) {
        switch (operation) {
          case FixedConvolution convolution ->
              error = convolve(convolution, model.modulus(), value, error);
          case FixedSumPool pool -> {
            double[] pooled = new double[pool.outputShape().size()];
            int[][] windows = pool.window().gather(pool.inputShape());
            for (int o = 0; o < pooled.length; o++) {
              for (int i : windows[o]) {
                pooled[o] += i >= 0 ? error[i] : 0;
              }
            }
            error = pooled;
          }
          case FixedReshape reshape -> {}
        }
        value = FixedPointEngine.apply(operation, model.modulus(), value);
      }
      for (int i = 0; i < sum.length; i++) {
        // The rounding constant is part of a bias; the activation subtracts it by rounding down.
        sum[i] += Math.scalb(error[i], -scaleBits);
      }
    }
    return sum;
  }

  private static double[] convolve(
      FixedConvolution layer, Modulus modulus, long[] value, double[] error) {
    Shape in = layer.inputShape();
    Window w = layer.window();
    int[][] windows = w.gather(new Shape(1, in.height(), in.width()));
    int perGroup = layer.groupChannels();
    double[] result = new double[layer.outputShape().size()];
    int o = 0;
    for (int m = 0; m < layer.outputChannels(); m++) {
      int first = m / (layer.outputChannels() / layer.groups()) * perGroup;
      for (int[] window : windows) {
        // Half a unit of the bias, and up to half a unit where a rounding constant was divided.
        double sum = 1;
        for (int c = 0; c < perGroup; c++) {
          for (int k = 0; k < window.length; k++) {
            if (window[k] >= 0) {
              int i = (first + c) * in.height() * in.width() + window[k];
              double weight =
                  Math.abs(layer.weights()[(m * perGroup + c) * window.length + k]) + 0.5;
              sum += weight * error[i] + 0.5 * Math.abs(modulus.centered(modulus.reduce(value[i])));
            }
          }
        }
        result[o++] = sum;
      }
    }
    return result;
  }

  private static double[] activate(FixedActivation layer, double[] error, int f) {
    double[] result = new double[layer.outputShape().size()];
    int[][] windows = layer.window().orElse(Window.POINT).gather(layer.inputShape());
    for (int o = 0; o < result.length; o++) {
      for (int i : windows[o]) {
        result[o] = i >= 0 ? Math.max(result[o], error[i]) : result[o];
      }
      // One unit for the shift (half of one where its rounding constant is whole), half for a clip.
      result[o] += Math.scalb(1.5, -f);
    }
    return result;
  }
}
