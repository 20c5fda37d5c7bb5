package org.secolab.modelio.fixed;

import java.util.Arrays;
import java.util.Optional;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Permutation;
import org.secolab.modelio.graph.Window;

/**
 * Two convolutions behind each other as one, where that is exact and does not make the weights
 * larger. This is also how batch normalisation and zero padding, imported as 1×1 convolutions,
 * disappear into their neighbours.
 */
final class Merging {
  private Merging() {}

  /** The convolution equal to {@code second} after {@code first}, if there is a small exact one. */
  static Optional<Convolution> merge(Convolution first, Convolution second) {
    if (!first.outputShape().equals(second.inputShape())) {
      return Optional.empty();
    }
    if (second.isChannelwise()) {
      return Optional.of(scaleOutputs(first, second));
    }
    boolean shiftReachesPadding = second.window().isPadded() && !isZero(first.bias());
    if (isDepthwisePoint(first) && !shiftReachesPadding) {
      return scaleInputs(first, second);
    }
    boolean dense = first.groups() == 1 && second.groups() == 1;
    if (dense && second.window().equals(Window.POINT)) {
      return multiplyOutputs(first, second);
    }
    if (dense && first.window().equals(Window.POINT) && !shiftReachesPadding) {
      return multiplyInputs(first, second);
    }
    return Optional.empty();
  }

  private static boolean isZero(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }

  /** Whether it is scale·x + shift per channel, possibly with zero padding around x. */
  private static boolean isDepthwisePoint(Convolution layer) {
    Window w = layer.window();
    return layer.groups() == layer.inputShape().channels()
        && layer.groups() == layer.outputChannels()
        && w.withPadding(0, 0, 0, 0).equals(Window.POINT)
        && !(w.isPadded() && !isZero(layer.bias()));
  }

  private static Convolution scaleOutputs(Convolution first, Convolution second) {
    double[] weights = first.weights().clone();
    double[] bias = first.bias().clone();
    int perOutput = weights.length / bias.length;
    for (int m = 0; m < bias.length; m++) {
      double scale = second.weights()[m];
      for (int k = m * perOutput; k < (m + 1) * perOutput; k++) {
        weights[k] *= scale;
      }
      bias[m] = scale * bias[m] + second.bias()[m];
    }
    return first.withParameters(weights, bias);
  }

  private static Optional<Convolution> scaleInputs(Convolution first, Convolution second) {
    Window inner = first.window();
    Window outer = second.window();
    double[] weights = second.weights().clone();
    double[] bias = second.bias().clone();
    int kernel = outer.kernelSize();
    int inPerGroup = second.inputShape().channels() / second.groups();
    int outPerGroup = second.outputChannels() / second.groups();
    for (int m = 0; m < bias.length; m++) {
      for (int c = 0; c < inPerGroup; c++) {
        int channel = m / outPerGroup * inPerGroup + c;
        for (int k = (m * inPerGroup + c) * kernel; k < (m * inPerGroup + c + 1) * kernel; k++) {
          bias[m] += weights[k] * first.bias()[channel];
          weights[k] *= first.weights()[channel];
        }
      }
    }
    Window window =
        outer.withPadding(
            outer.padTop() + inner.padTop(),
            outer.padLeft() + inner.padLeft(),
            outer.padBottom() + inner.padBottom(),
            outer.padRight() + inner.padRight());
    return Optional.of(
        new Convolution(second.name(), first.inputShape(), window, second.groups(), weights, bias));
  }

  /** W'[m][·] = Σ_j second[m][j]·first[j][·]. */
  private static Optional<Convolution> multiplyOutputs(Convolution first, Convolution second) {
    int perOutput = first.weights().length / first.outputChannels();
    int outputs = second.outputChannels();
    int between = first.outputChannels();
    if ((long) outputs * perOutput > (long) first.weights().length + second.weights().length) {
      return Optional.empty();
    }
    double[] weights = new double[outputs * perOutput];
    double[] bias = second.bias().clone();
    for (int m = 0; m < outputs; m++) {
      for (int j = 0; j < between; j++) {
        double factor = second.weights()[m * between + j];
        bias[m] += factor * first.bias()[j];
        for (int k = 0; k < perOutput; k++) {
          weights[m * perOutput + k] += factor * first.weights()[j * perOutput + k];
        }
      }
    }
    return Optional.of(
        new Convolution(second.name(), first.inputShape(), first.window(), 1, weights, bias));
  }

  /** W'[m][c][k] = Σ_j second[m][j][k]·first[j][c]. */
  private static Optional<Convolution> multiplyInputs(Convolution first, Convolution second) {
    int channels = first.inputShape().channels();
    int between = first.outputChannels();
    int outputs = second.outputChannels();
    int kernel = second.window().kernelSize();
    long size = (long) outputs * channels * kernel;
    if (size > (long) first.weights().length + second.weights().length) {
      return Optional.empty();
    }
    double[] weights = new double[(int) size];
    double[] bias = second.bias().clone();
    for (int m = 0; m < outputs; m++) {
      for (int j = 0; j < between; j++) {
        for (int k = 0; k < kernel; k++) {
          double factor = second.weights()[(m * between + j) * kernel + k];
          bias[m] += factor * first.bias()[j];
          for (int c = 0; c < channels; c++) {
            weights[(m * channels + c) * kernel + k] += factor * first.weights()[j * channels + c];
          }
        }
      }
    }
    return Optional.of(
        new Convolution(second.name(), first.inputShape(), second.window(), 1, weights, bias));
  }

  /** The fully connected {@code layer} on permuted inputs, as one on the inputs as they were. */
  static Convolution permuteInputs(Permutation permutation, Convolution layer) {
    int inputs = layer.inputShape().channels();
    double[] weights = new double[layer.weights().length];
    for (int m = 0; m < layer.outputChannels(); m++) {
      for (int i = 0; i < inputs; i++) {
        weights[m * inputs + permutation.source(i)] = layer.weights()[m * inputs + i];
      }
    }
    return Convolution.fullyConnected(layer.name(), inputs, weights, layer.bias());
  }

  /** A convolution to an (n, 1, 1) image whose outputs come in the permuted order. */
  static Convolution permuteOutputs(Convolution layer, Permutation permutation) {
    Convolution dense = dense(layer);
    int perOutput = dense.weights().length / dense.outputChannels();
    double[] weights = new double[dense.weights().length];
    double[] bias = new double[dense.outputChannels()];
    for (int m = 0; m < bias.length; m++) {
      int from = permutation.source(m);
      System.arraycopy(dense.weights(), from * perOutput, weights, m * perOutput, perOutput);
      bias[m] = dense.bias()[from];
    }
    return dense.withParameters(weights, bias);
  }

  /** The same outputs as channels {@code first}… of {@code total}; the other channels are zero. */
  static Convolution embedOutputs(Convolution layer, int first, int total) {
    Convolution dense = dense(layer);
    int perOutput = dense.weights().length / dense.outputChannels();
    double[] weights = new double[total * perOutput];
    double[] bias = new double[total];
    System.arraycopy(dense.weights(), 0, weights, first * perOutput, dense.weights().length);
    System.arraycopy(dense.bias(), 0, bias, first, dense.bias().length);
    return dense.withParameters(weights, bias);
  }

  /** The same convolution with one group. */
  private static Convolution dense(Convolution layer) {
    if (layer.groups() == 1) {
      return layer;
    }
    int channels = layer.inputShape().channels();
    int inPerGroup = channels / layer.groups();
    int outPerGroup = layer.outputChannels() / layer.groups();
    int kernel = layer.window().kernelSize();
    double[] weights = new double[layer.outputChannels() * channels * kernel];
    for (int m = 0; m < layer.outputChannels(); m++) {
      int firstChannel = m / outPerGroup * inPerGroup;
      System.arraycopy(
          layer.weights(),
          m * inPerGroup * kernel,
          weights,
          (m * channels + firstChannel) * kernel,
          inPerGroup * kernel);
    }
    return new Convolution(
        layer.name(), layer.inputShape(), layer.window(), 1, weights, layer.bias());
  }
}
