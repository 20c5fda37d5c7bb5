package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secolab.modelio.graph.Shape;

/**
 * Interval bounds of every value of a fixed-point network over the integers, without wrap-around,
 * from its weights and the declared input range.
 *
 * <p>Bounds are doubles: exact below 2^53, which is above the largest ring of the menu; beyond that
 * they only have to be large.
 */
final class RangeAnalysis {
  private RangeAnalysis() {}

  /** Bits with sign of every linear layer's accumulators, in order of the linear layers. */
  static double[] provenBits(
      List<FixedLayer> layers, Shape inputShape, InputRange range, int fractionBits) {
    List<double[]> lows = new ArrayList<>();
    List<double[]> highs = new ArrayList<>();
    double[] low = new double[inputShape.size()];
    double[] high = new double[inputShape.size()];
    Arrays.fill(low, (double) FixedModel.round(range.low(), fractionBits));
    Arrays.fill(high, (double) FixedModel.round(range.high(), fractionBits));
    lows.add(low);
    highs.add(high);
    List<Double> bits = new ArrayList<>();
    for (FixedLayer layer : layers) {
      switch (layer) {
        case FixedLinear linear -> {
          low = new double[linear.outputShape().size()];
          high = new double[linear.outputShape().size()];
          for (FixedLinear.Branch branch : linear.branches()) {
            addBranch(branch, lows.get(branch.source()), highs.get(branch.source()), low, high);
          }
          bits.add(bitsWithSign(low, high));
        }
        case FixedActivation activation -> {
          low = activate(activation, lows.getLast());
          high = activate(activation, highs.getLast());
        }
        case FixedArgmax argmax -> {
          low = new double[1];
          high = new double[] {argmax.inputShape().size() - 1};
        }
      }
      lows.add(low);
      highs.add(high);
    }
    return bits.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double bitsWithSign(double[] low, double[] high) {
    double largest = 1;
    for (int i = 0; i < low.length; i++) {
      largest = Math.max(largest, Math.max(Math.abs(low[i]), Math.abs(high[i])));
    }
    // One more, because −2^(ℓ−1) fits into ℓ bits and +2^(ℓ−1) does not; and rounded up by more
    // than
    // the logarithm's error, so that a proof never hangs on it.
    return 1 + Math.log(largest + 1) / Math.log(2) * (1 + 1e-13);
  }

  private static void addBranch(
      FixedLinear.Branch branch, double[] low, double[] high, double[] lowSum, double[] highSum) {
    double factor = Math.scalb(1.0, branch.leftShift());
    double[] l = Arrays.stream(low).map(x -> x * factor).toArray();
    double[] h = Arrays.stream(high).map(x -> x * factor).toArray();
    for (FixedOperation operation : branch.operations()) {
      switch (operation) {
        case FixedConvolution convolution -> {
          double[] lower = convolve(convolution, l, h);
          h = convolve(convolution, h, l);
          l = lower;
        }
        case FixedSumPool pool -> {
          l = sumPool(pool, l);
          h = sumPool(pool, h);
        }
        case FixedReshape reshape -> {}
      }
    }
    for (int i = 0; i < l.length; i++) {
      lowSum[i] += l[i];
      highSum[i] += h[i];
    }
  }

  /** bias + Σ w·(w ≥ 0 ? same : opposite): one end of the interval from both ends of the input. */
  private static double[] convolve(FixedConvolution layer, double[] same, double[] opposite) {
    Shape in = layer.inputShape();
    int inPerGroup = layer.groupChannels();
    int outPerGroup = layer.outputChannels() / layer.groups();
    int[][] windows = layer.window().gather(new Shape(1, in.height(), in.width()));
    int kernel = layer.window().kernelSize();
    double[] output = new double[layer.outputShape().size()];
    int o = 0;
    for (int m = 0; m < layer.outputChannels(); m++) {
      int firstChannel = m / outPerGroup * inPerGroup;
      for (int[] window : windows) {
        double sum = layer.bias()[m];
        for (int c = 0; c < inPerGroup; c++) {
          int plane = (firstChannel + c) * in.height() * in.width();
          int k = (m * inPerGroup + c) * kernel;
          for (int i = 0; i < kernel; i++) {
            long weight = layer.weights()[k + i];
            if (window[i] >= 0) {
              sum += weight * (weight >= 0 ? same : opposite)[plane + window[i]];
            }
          }
        }
        output[o++] = sum;
      }
    }
    return output;
  }

  private static double[] sumPool(FixedSumPool layer, double[] input) {
    int[][] windows = layer.window().gather(layer.inputShape());
    double[] output = new double[windows.length];
    for (int o = 0; o < output.length; o++) {
      for (int i : windows[o]) {
        output[o] += i >= 0 ? input[i] : 0;
      }
    }
    return output;
  }

  /** Activations are monotone, so they map bounds to bounds. */
  private static double[] activate(FixedActivation layer, double[] input) {
    double[] output = input.clone();
    if (layer.window().isPresent()) {
      int[][] windows = layer.window().get().gather(layer.inputShape());
      output = new double[windows.length];
      Arrays.fill(output, Double.NEGATIVE_INFINITY);
      for (int o = 0; o < output.length; o++) {
        for (int i : windows[o]) {
          output[o] = i >= 0 ? Math.max(output[o], input[i]) : output[o];
        }
      }
    }
    for (int i = 0; i < output.length; i++) {
      double value = layer.relu() ? Math.max(output[i], 0) : output[i];
      value = Math.floor(Math.scalb(value, -layer.shift()));
      output[i] =
          layer.clipMaximum().isPresent()
              ? Math.min(value, (double) layer.clipMaximum().getAsLong())
              : value;
    }
    return output;
  }
}
