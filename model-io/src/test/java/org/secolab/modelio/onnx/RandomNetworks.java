package org.secolab.modelio.onnx;

import java.util.Map;
import org.secolab.modelio.Choices;

/**
 * Random small classifiers as ONNX files: a few stages over a 2×6×6 image (convolutions, batch
 * normalisations, activations, pools, residual blocks, concatenations), then fully connected
 * layers.
 */
public final class RandomNetworks {
  /** Channels, height and width of every input. */
  public static final int[] INPUT = {2, 6, 6};

  private final Choices choices;
  private final OnnxGraph graph;
  private int channels = INPUT[0];
  private int extent = INPUT[1];

  private RandomNetworks(Choices choices) {
    this.choices = choices;
    this.graph = new OnnxGraph(choices.of(9, 13, 18));
  }

  /** A file. */
  public static byte[] file(long seed) {
    return new RandomNetworks(new Choices(seed)).build();
  }

  private byte[] build() {
    String x = graph.input(0, INPUT[0], INPUT[1], INPUT[2]);
    int stages = choices.between(1, 5);
    for (int i = 0; i < stages; i++) {
      x = stage(x);
    }
    int size = channels * extent * extent;
    x =
        choices.coin()
            ? graph.node("Flatten", Map.of(), x)
            : graph.node("Reshape", Map.of(), x, graph.integers(0, -1));
    if (choices.coin()) {
      x = graph.node("Relu", Map.of(), connected(x, size, 5));
      size = 5;
    }
    x = connected(x, size, 3);
    return graph.file(choices.between(0, 3) == 0 ? graph.node("Relu", Map.of(), x) : x);
  }

  private String stage(String x) {
    return switch (choices.between(0, 9)) {
      case 0 -> graph.node("Relu", Map.of(), convolution(x, choices.between(1, 3), 3));
      case 1 -> convolution(x, choices.between(1, 3), choices.of(1, 3));
      case 2 -> normalised(x);
      case 3 -> graph.node("Relu", Map.of(), normalised(convolution(x, 2, 3)));
      case 4 -> pool(x);
      case 5 -> residual(x);
      case 6 -> activation(x);
      case 7 -> concatenation(x);
      case 8 ->
          graph.node(
              choices.of("Mul", "Add", "Sub"),
              Map.of(),
              x,
              graph.floats(choices.reals(channels, -1, 1), channels, 1, 1));
      default -> graph.node("MaxPool", Map.of("kernel_shape", new int[] {1, 1}), x);
    };
  }

  private String convolution(String x, int outputs, int kernel) {
    float bound = (float) (1.5 / Math.sqrt(channels * kernel * kernel));
    String weights =
        graph.floats(
            choices.reals(outputs * channels * kernel * kernel, -bound, bound),
            outputs,
            channels,
            kernel,
            kernel);
    int pad = kernel / 2;
    String y =
        graph.node(
            "Conv",
            Map.of("pads", new int[] {pad, pad, pad, pad}),
            x,
            weights,
            graph.floats(choices.reals(outputs, -1, 1), outputs));
    channels = outputs;
    return y;
  }

  private String normalised(String x) {
    return graph.node(
        "BatchNormalization",
        Map.of(),
        x,
        graph.floats(choices.reals(channels, -1.5, 1.5), channels),
        graph.floats(choices.reals(channels, -1, 1), channels),
        graph.floats(choices.reals(channels, -1, 1), channels),
        graph.floats(choices.reals(channels, 0.5, 2), channels));
  }

  private String pool(String x) {
    if (extent < 3) {
      return x;
    }
    int kernel = choices.of(2, 3);
    int pad = choices.between(0, 1);
    Map<String, Object> attributes =
        new java.util.HashMap<>(
            Map.of(
                "kernel_shape",
                new int[] {kernel, kernel},
                "strides",
                new int[] {2, 2},
                "pads",
                new int[] {pad, pad, pad, pad}));
    extent = (extent + 2 * pad - kernel) / 2 + 1;
    if (choices.coin()) {
      return graph.node("MaxPool", attributes, x);
    }
    attributes.put("count_include_pad", choices.between(0, 1));
    return graph.node("AveragePool", attributes, x);
  }

  private String residual(String x) {
    int outputs = channels;
    String y = graph.node("Relu", Map.of(), convolution(x, 2, 3));
    y = convolution(y, outputs, 3);
    String shortcut = choices.coin() ? x : normalised(x);
    String sum = graph.node(choices.of("Add", "Sub"), Map.of(), y, shortcut);
    return choices.coin() ? graph.node("Relu", Map.of(), sum) : sum;
  }

  private String activation(String x) {
    float low = choices.real(-1, 0);
    float high = choices.real(0.1, 2);
    return switch (choices.between(0, 4)) {
      case 0 -> graph.node("LeakyRelu", Map.of("alpha", choices.real(0, 0.3)), x);
      case 1 -> clip(x, true, 0, true, high);
      case 2 -> clip(x, true, low, true, high);
      case 3 -> clip(x, false, low, true, high);
      default -> clip(x, true, low, false, high);
    };
  }

  private String clip(String x, boolean hasLow, float low, boolean hasHigh, float high) {
    return OperatorsAgainstOnnxRuntimeProperties.clip(graph, x, hasLow, low, hasHigh, high);
  }

  private String concatenation(String x) {
    int before = channels;
    String left = convolution(x, 1, 3);
    channels = before;
    String right = choices.coin() ? x : graph.node("Relu", Map.of(), convolution(x, 2, 1));
    String y = graph.node("Concat", Map.of("axis", 1), left, right);
    channels = 1 + channels;
    return y;
  }

  private String connected(String x, int inputs, int outputs) {
    float bound = (float) (1.5 / Math.sqrt(inputs));
    return graph.node(
        "Gemm",
        Map.of("transB", 1),
        x,
        graph.floats(choices.reals(inputs * outputs, -bound, bound), outputs, inputs),
        graph.floats(choices.reals(outputs, -1, 1), outputs));
  }
}
