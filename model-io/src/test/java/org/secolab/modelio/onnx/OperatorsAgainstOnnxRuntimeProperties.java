package org.secolab.modelio.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import org.secolab.modelio.Choices;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.reference.FloatInterpreter;

/** Every operator with random attributes computes what ONNX Runtime computes. */
@PropertyDefaults(tries = 150, edgeCases = EdgeCasesMode.NONE)
class OperatorsAgainstOnnxRuntimeProperties {
  private static final Integer[] OPSETS = {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};

  @Property
  void convolutionOfImages(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int groups = choices.between(1, 3);
    int inPerGroup = choices.between(1, 3);
    int outputs = groups * choices.between(1, 3);
    int h = choices.between(5, 9);
    int w = choices.between(5, 9);
    int kh = choices.between(1, 3);
    int kw = choices.between(1, 3);
    String x = graph.input(choices.of(0, 1), groups * inPerGroup, h, w);
    Map<String, Object> attributes = slide(choices, 2);
    attributes.put("group", groups);
    if (choices.coin()) {
      attributes.put("kernel_shape", new int[] {kh, kw});
    }
    String weights =
        graph.floats(
            choices.reals(outputs * inPerGroup * kh * kw, -1, 1), outputs, inPerGroup, kh, kw);
    String y =
        choices.coin()
            ? graph.node("Conv", attributes, x, weights)
            : graph.node(
                "Conv",
                attributes,
                x,
                weights,
                graph.floats(choices.reals(outputs, -1, 1), outputs));
    assertAgrees(graph, y, choices, 1, groups * inPerGroup, h, w);
  }

  @Property
  void convolutionOfSequences(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int groups = choices.between(1, 2);
    int inPerGroup = choices.between(1, 3);
    int outputs = groups * choices.between(1, 3);
    int length = choices.between(7, 12);
    int kernel = choices.between(1, 3);
    String x = graph.input(1, groups * inPerGroup, length);
    Map<String, Object> attributes = slide(choices, 1);
    attributes.put("group", groups);
    String weights =
        graph.floats(
            choices.reals(outputs * inPerGroup * kernel, -1, 1), outputs, inPerGroup, kernel);
    assertAgrees(
        graph, graph.node("Conv", attributes, x, weights), choices, 1, groups * inPerGroup, length);
  }

  /** Strides, dilations, and pads or auto_pad. */
  private static Map<String, Object> slide(Choices choices, int axes) {
    Map<String, Object> attributes = new HashMap<>();
    int[] strides = new int[axes];
    int[] dilations = new int[axes];
    int[] pads = new int[2 * axes];
    for (int i = 0; i < axes; i++) {
      strides[i] = choices.between(1, 3);
      dilations[i] = choices.between(1, 2);
      pads[i] = choices.between(0, 2);
      pads[axes + i] = choices.between(0, 2);
    }
    if (choices.coin()) {
      attributes.put("strides", strides);
    }
    switch (choices.between(0, 4)) {
      case 0 -> attributes.put("auto_pad", choices.of("SAME_UPPER", "SAME_LOWER", "VALID"));
      case 1 -> attributes.put("dilations", dilations);
      case 2 -> attributes.put("pads", pads);
      case 3 -> {
        attributes.put("pads", pads);
        attributes.put("dilations", dilations);
      }
      default -> {}
    }
    return attributes;
  }

  @Property
  void gemm(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int inputs = choices.between(1, 8);
    int outputs = choices.between(1, 5);
    boolean transposed = choices.coin();
    String x = graph.input(0, inputs);
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("transB", transposed ? 1 : 0);
    if (choices.coin()) {
      attributes.put("alpha", choices.real(-2, 2));
    }
    if (choices.coin()) {
      attributes.put("beta", choices.real(-2, 2));
    }
    float[] matrix = choices.reals(inputs * outputs, -1, 1);
    String b =
        transposed ? graph.floats(matrix, outputs, inputs) : graph.floats(matrix, inputs, outputs);
    String c =
        switch (choices.between(0, 3)) {
          case 0 -> graph.floats(choices.reals(outputs, -1, 1), outputs);
          case 1 -> graph.floats(choices.reals(1, -1, 1), 1);
          case 2 -> graph.floats(choices.reals(outputs, -1, 1), 1, outputs);
          default -> graph.constant(choices.reals(outputs, -1, 1), outputs);
        };
    assertAgrees(graph, graph.node("Gemm", attributes, x, b, c), choices, 1, inputs);
  }

  @Property
  void matMulAndElementwiseConstants(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int inputs = choices.between(1, 8);
    int outputs = choices.between(1, 5);
    String x = graph.input(0, inputs);
    String y =
        graph.node(
            "MatMul",
            Map.of(),
            x,
            graph.floats(choices.reals(inputs * outputs, -1, 1), inputs, outputs));
    for (int i = 0; i < 3; i++) {
      String operator = choices.of("Add", "Sub", "Mul", "Div");
      int size = choices.of(1, outputs);
      String constant = graph.floats(choices.reals(size, 0.5, 2), size);
      boolean isSwapped = !operator.equals("Div") && choices.coin();
      y =
          isSwapped
              ? graph.node(operator, Map.of(), constant, y)
              : graph.node(operator, Map.of(), y, constant);
    }
    assertAgrees(graph, choices.coin() ? graph.node("Neg", Map.of(), y) : y, choices, 1, inputs);
  }

  @Property
  void elementwiseConstantsOnImages(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int c = choices.between(1, 3);
    int h = choices.between(1, 4);
    int w = choices.between(1, 4);
    String y = graph.input(0, c, h, w);
    for (int i = 0; i < 2; i++) {
      long[] shape =
          choices.of(
              new long[] {c, 1, 1},
              new long[] {1, c, 1, 1},
              new long[] {1},
              new long[] {},
              new long[] {h, w},
              new long[] {w},
              new long[] {c, h, w});
      int size = 1;
      for (long extent : shape) {
        size *= (int) extent;
      }
      String constant = graph.floats(choices.reals(size, 0.5, 2), shape);
      y = graph.node(choices.of("Add", "Sub", "Mul", "Div"), Map.of(), y, constant);
    }
    assertAgrees(graph, y, choices, 1, c, h, w);
  }

  @Property
  void batchNormalization(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int c = choices.between(1, 4);
    boolean isImage = choices.coin();
    String x = isImage ? graph.input(0, c, 2, 3) : graph.input(0, c);
    String y =
        graph.node(
            "BatchNormalization",
            choices.coin() ? Map.of() : Map.of("epsilon", choices.real(1e-4, 1e-2)),
            x,
            graph.floats(choices.reals(c, -2, 2), c),
            graph.floats(choices.reals(c, -2, 2), c),
            graph.floats(choices.reals(c, -2, 2), c),
            graph.floats(choices.reals(c, 0.1, 2), c));
    if (isImage) {
      assertAgrees(graph, y, choices, 1, c, 2, 3);
    } else {
      assertAgrees(graph, y, choices, 1, c);
    }
  }

  @Property
  void activations(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    String x = graph.input(0, 3, 4);
    float low = choices.real(-1, 0.2);
    float high = choices.real(0.2, 1);
    boolean hasLow = choices.coin();
    boolean hasHigh = choices.coin();
    String y =
        switch (choices.between(0, 2)) {
          case 0 -> graph.node("Relu", Map.of(), x);
          case 1 ->
              graph.node(
                  "LeakyRelu",
                  choices.coin() ? Map.of() : Map.of("alpha", choices.real(0, 0.5)),
                  x);
          default -> clip(graph, x, hasLow, low, hasHigh, high);
        };
    assertAgrees(graph, y, choices, 1, 3, 4);
  }

  static String clip(
      OnnxGraph graph, String x, boolean hasLow, float low, boolean hasHigh, float high) {
    if (graph.opset() < 11) {
      Map<String, Object> attributes = new HashMap<>();
      if (hasLow) {
        attributes.put("min", low);
      }
      if (hasHigh) {
        attributes.put("max", high);
      }
      return graph.node("Clip", attributes, x);
    }
    return graph.node(
        "Clip",
        Map.of(),
        x,
        hasLow ? graph.floats(new float[] {low}) : "",
        hasHigh ? graph.constant(new float[] {high}) : "");
  }

  @Property(tries = 400)
  void pools(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    boolean isImage = choices.between(0, 3) > 0;
    int axes = isImage ? 2 : 1;
    int c = choices.between(1, 3);
    int h = choices.between(5, 8);
    int w = choices.between(5, 8);
    String x = isImage ? graph.input(0, c, h, w) : graph.input(0, c, w);
    String operator = choices.of("MaxPool", "AveragePool");
    Map<String, Object> attributes = new HashMap<>();
    int[] kernel = new int[axes];
    int[] strides = new int[axes];
    int[] pads = new int[2 * axes];
    for (int i = 0; i < axes; i++) {
      kernel[i] = choices.between(1, 3);
      strides[i] = choices.between(1, kernel[i]);
      pads[i] = choices.between(0, kernel[i] - 1);
      pads[axes + i] = choices.between(0, kernel[i] - 1);
    }
    attributes.put("kernel_shape", kernel);
    attributes.put("strides", strides);
    boolean isPadded = choices.coin();
    boolean isCeiled = graph.opset() >= 10 && choices.coin();
    if (isPadded) {
      attributes.put("pads", pads);
    } else if (choices.coin()) {
      attributes.put("auto_pad", choices.of("SAME_UPPER", "SAME_LOWER", "VALID"));
      isCeiled = false;
    }
    if (isCeiled) {
      attributes.put("ceil_mode", 1);
    }
    // From opset 19 on, ONNX Runtime 1.22 does not count padding behind the end; below, it does.
    if (operator.equals("AveragePool") && !isCeiled && graph.opset() < 19) {
      attributes.put("count_include_pad", choices.between(0, 1));
    }
    boolean mayDilate = operator.equals("MaxPool") ? graph.opset() >= 10 : graph.opset() >= 19;
    if (mayDilate && !isPadded && !attributes.containsKey("auto_pad") && choices.coin()) {
      attributes.put("dilations", isImage ? new int[] {1, 2} : new int[] {1});
    }
    String y = graph.node(operator, attributes, x);
    if (isImage) {
      assertAgrees(graph, y, choices, 1, c, h, w);
    } else {
      assertAgrees(graph, y, choices, 1, c, w);
    }
  }

  @Property
  void meansOverSpace(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int c = choices.between(1, 3);
    int h = choices.between(1, 5);
    int w = choices.between(1, 5);
    String x = graph.input(0, c, h, w);
    String y;
    if (choices.coin()) {
      y = graph.node("GlobalAveragePool", Map.of(), x);
    } else {
      int keep = choices.between(0, 1);
      int[] axes = graph.opset() >= 11 && choices.coin() ? new int[] {-1, -2} : new int[] {2, 3};
      y =
          graph.opset() >= 18
              ? graph.node(
                  "ReduceMean", Map.of("keepdims", keep), x, graph.integers(axes[0], axes[1]))
              : graph.node("ReduceMean", Map.of("keepdims", keep, "axes", axes), x);
    }
    assertAgrees(graph, y, choices, 1, c, h, w);
  }

  @Property
  void padding(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int c = choices.between(1, 3);
    String x = graph.input(0, c, 3, 4);
    int[] pads = {
      0,
      0,
      choices.between(0, 2),
      choices.between(0, 2),
      0,
      0,
      choices.between(0, 2),
      choices.between(0, 2)
    };
    String y;
    if (graph.opset() < 11) {
      y = graph.node("Pad", Map.of("pads", pads), x);
    } else if (graph.opset() >= 18 && choices.coin()) {
      String some = graph.integers(pads[2], pads[3], pads[6], pads[7]);
      y = graph.node("Pad", Map.of(), x, some, "", graph.integers(2, 3));
    } else {
      long[] all = java.util.Arrays.stream(pads).asLongStream().toArray();
      y = graph.node("Pad", Map.of(), x, graph.integers(all));
    }
    String weights = graph.floats(choices.reals(2 * c * 4, -1, 1), 2, c, 2, 2);
    String z = choices.coin() ? y : graph.node("Conv", Map.of(), y, weights);
    assertAgrees(graph, z, choices, 1, c, 3, 4);
  }

  @Property
  void shapes(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int c = choices.between(1, 3);
    int h = choices.between(1, 4);
    int w = choices.between(2, 4);
    String x = graph.input(0, c, h, w);
    String y =
        switch (choices.between(0, 5)) {
          case 0 -> graph.node("Flatten", choices.coin() ? Map.of() : Map.of("axis", 1), x);
          case 1 -> graph.node("Reshape", Map.of(), x, graph.integers(0, -1));
          case 2 -> graph.node("Reshape", Map.of(), x, graph.integers(0, h, c, w));
          case 3 -> graph.node("Transpose", Map.of("perm", new int[] {0, 2, 1, 3}), x);
          case 4 -> {
            String mean = graph.node("GlobalAveragePool", Map.of(), x);
            String flat = squeeze(graph, "Squeeze", mean, 2, 3);
            yield choices.coin() ? flat : squeeze(graph, "Unsqueeze", flat, 2);
          }
          default -> graph.node("Identity", Map.of(), graph.node("Dropout", Map.of(), x));
        };
    assertAgrees(graph, y, choices, 1, c, h, w);
  }

  private static String squeeze(OnnxGraph graph, String operator, String x, int... axes) {
    return graph.opset() < 13
        ? graph.node(operator, Map.of("axes", axes), x)
        : graph.node(
            operator,
            Map.of(),
            x,
            graph.integers(java.util.Arrays.stream(axes).asLongStream().toArray()));
  }

  @Property
  void branches(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    OnnxGraph graph = new OnnxGraph(choices.of(OPSETS));
    int c = choices.between(1, 3);
    String x = graph.input(0, c, 4, 4);
    String left = point(graph, choices, x, c, 2);
    String right = graph.node("Relu", Map.of(), point(graph, choices, x, c, 2));
    String y =
        switch (choices.between(0, 3)) {
          case 0 -> graph.node("Add", Map.of(), left, right);
          case 1 -> graph.node("Sub", Map.of(), left, right);
          case 2 -> graph.node("Sum", Map.of(), left, right, left);
          default -> graph.node("Concat", Map.of("axis", 1), left, x, right);
        };
    assertAgrees(graph, y, choices, 1, c, 4, 4);
  }

  private static String point(OnnxGraph graph, Choices choices, String x, int in, int out) {
    return graph.node(
        "Conv", Map.of(), x, graph.floats(choices.reals(in * out, -1, 1), out, in, 1, 1));
  }

  @Property
  void wholeNetworks(@ForAll long seed) throws Exception {
    int[] shape = RandomNetworks.INPUT;
    float[] input = new Choices(~seed).reals(shape[0] * shape[1] * shape[2], -1, 1);
    assertAgrees(RandomNetworks.file(seed), input, 1, shape[0], shape[1], shape[2]);
  }

  @Property(tries = 20)
  void initialisersInEveryForm_areTheSame(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    float[] weights = choices.reals(6, -1, 1);
    OnnxGraph plain = new OnnxGraph(13);
    byte[] expected =
        plain.file(plain.node("MatMul", Map.of(), plain.input(0, 3), plain.floats(weights, 3, 2)));
    OnnxGraph constant = new OnnxGraph(13);
    String shared = constant.node("Identity", Map.of(), constant.constant(weights, 2, 3));
    byte[] file =
        constant.file(
            constant.node(
                "MatMul",
                Map.of(),
                constant.input(1, 3),
                constant.node("Reshape", Map.of(), shared, constant.integers(3, 2))));
    OnnxGraph wide = new OnnxGraph(13);
    byte[] doubles =
        wide.file(wide.node("MatMul", Map.of(), wide.input(0, 3), wide.doubles(weights, 3, 2)));
    float[] input = choices.reals(3, -1, 1);
    double[] first = FloatInterpreter.run(OnnxReader.read("a", expected), input);
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        first, FloatInterpreter.run(OnnxReader.read("b", file), input));
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        first, FloatInterpreter.run(OnnxReader.read("c", doubles), input));
  }

  private static void assertAgrees(
      OnnxGraph graph, String output, Choices choices, long... dimensions)
      throws OrtException, ModelFormatException {
    int size = 1;
    for (long dimension : dimensions) {
      size *= (int) dimension;
    }
    assertAgrees(graph.file(output), choices.reals(size, -1, 1), dimensions);
  }

  private static void assertAgrees(byte[] file, float[] input, long... dimensions)
      throws OrtException, ModelFormatException {
    float[] expected = OnnxRuntime.run(file, input, dimensions);
    Model model = OnnxReader.read("random.onnx", file);
    double[] actual = FloatInterpreter.run(model, input);
    assertEquals(expected.length, actual.length, model.toString());
    for (int i = 0; i < actual.length; i++) {
      double tolerance = 1e-4 * (1 + Math.abs(expected[i]));
      assertTrue(
          Math.abs(expected[i] - actual[i]) <= tolerance,
          "value " + i + ": expected " + expected[i] + ", got " + actual[i] + " by " + model);
    }
  }
}
