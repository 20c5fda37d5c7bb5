package org.secolab.modelio.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Permutation;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * What each ONNX operator means as layers. Attributes and inputs follow the ONNX operator
 * specification, versions 7 to 21 of the default operator set.
 */
final class Operators {

  /** Left to the user at the end of a network: they do not change which class is the largest. */
  static final Set<String> ENDS = Set.of("Softmax", "LogSoftmax", "ArgMax");

  /** What to use instead of some operators that are not supported. */
  private static final Map<String, String> NEAREST =
      Map.ofEntries(
          Map.entry("Sigmoid", "Relu or Clip"),
          Map.entry("Tanh", "Clip with bounds −1 and 1"),
          Map.entry("HardSigmoid", "Clip"),
          Map.entry("HardSwish", "Relu"),
          Map.entry("Elu", "LeakyRelu"),
          Map.entry("Selu", "LeakyRelu"),
          Map.entry("PRelu", "LeakyRelu with one slope"),
          Map.entry("Gelu", "Relu"),
          Map.entry("Softplus", "Relu"),
          Map.entry("LRN", "BatchNormalization"),
          Map.entry("InstanceNormalization", "BatchNormalization"),
          Map.entry("LayerNormalization", "BatchNormalization"),
          Map.entry("GroupNormalization", "BatchNormalization"),
          Map.entry("ConvTranspose", "Conv"),
          Map.entry("LpPool", "AveragePool or MaxPool"),
          Map.entry("GlobalMaxPool", "MaxPool"),
          Map.entry("ReduceMax", "MaxPool"),
          Map.entry("ReduceSum", "ReduceMean"),
          Map.entry("Einsum", "Gemm"),
          Map.entry("LSTM", "a feed-forward network"),
          Map.entry("GRU", "a feed-forward network"),
          Map.entry("RNN", "a feed-forward network"),
          Map.entry("QLinearConv", "Conv with float weights"),
          Map.entry("QuantizeLinear", "float weights"),
          Map.entry("DequantizeLinear", "float weights"));

  /** No pool may look at more values, counting repetitions, than this: 2^25. */
  private static final long MAXIMUM_POOL = 1 << 25;

  private final GraphImporter graph;
  private final int opset;

  Operators(GraphImporter graph, int opset) {
    this.graph = graph;
    this.opset = opset;
  }

  /**
   * Imports one node.
   *
   * @throws IllegalArgumentException if it is malformed or not supported
   */
  Value apply(String name, NodeProto node, List<Optional<Value>> inputs) {
    String operator = node.getOpType();
    Attributes attributes = new Attributes(node);
    if (operator.equals("Constant")) {
      return new Value.Known(attributes.constant());
    }
    Arguments arguments = new Arguments(inputs);
    if (operator.equals("Shape")) {
      return new Value.Known(shape(arguments.value(0), attributes));
    }
    if (inputs.stream().flatMap(Optional::stream).allMatch(Value.Known.class::isInstance)) {
      Constant folded = ConstantFolding.apply(operator, attributes, arguments);
      graph.spend(folded.values().length);
      return new Value.Known(folded);
    }
    return switch (operator) {
      case "Identity", "Dropout" -> arguments.computed(0);
      case "Cast" -> cast(attributes, arguments);
      case "Conv" -> conv(name, attributes, arguments);
      case "Gemm" -> gemm(name, attributes, arguments);
      case "MatMul" -> matMul(name, arguments);
      case "Add" -> add(name, arguments);
      case "Sub" -> subtract(name, arguments);
      case "Sum" -> sum(name, arguments);
      case "Mul" -> multiply(name, arguments);
      case "Div" -> divide(name, arguments);
      case "Neg" -> elementwise(name, arguments.computed(0), Constant.scalar(-1), zero());
      case "BatchNormalization" -> batchNormalization(name, attributes, arguments);
      case "Relu" -> {
        Value.Computed x = arguments.computed(0);
        yield graph.add(new Layer.Relu(name, graph.shape(x)), List.of(x), x.dimensions());
      }
      case "LeakyRelu" -> {
        Value.Computed x = arguments.computed(0);
        double slope = attributes.real("alpha", 0.01);
        yield graph.add(
            new Layer.LeakyRelu(name, graph.shape(x), slope), List.of(x), x.dimensions());
      }
      case "Clip" -> clip(name, attributes, arguments);
      case "MaxPool", "AveragePool" -> pool(name, operator, attributes, arguments);
      case "GlobalAveragePool" -> meanOverSpace(name, arguments.computed(0), true);
      case "ReduceMean" -> reduceMean(name, attributes, arguments);
      case "Pad" -> pad(name, attributes, arguments);
      case "Flatten" -> flatten(name, attributes, arguments);
      case "Reshape" -> reshape(name, attributes, arguments);
      case "Squeeze" -> squeeze(name, attributes, arguments);
      case "Unsqueeze" -> unsqueeze(name, attributes, arguments);
      case "Transpose" -> transpose(name, attributes, arguments);
      case "Concat" -> concat(name, attributes, arguments);
      case "Softmax", "LogSoftmax", "ArgMax" -> {
        graph.note(operator + " at the end (node " + name + ") is left to the user");
        yield arguments.computed(0);
      }
      default ->
          throw new IllegalArgumentException(
              "operator not supported"
                  + (NEAREST.containsKey(operator)
                      ? "; nearest supported form: " + NEAREST.get(operator)
                      : ""));
    };
  }

  private static Constant zero() {
    return Constant.scalar(0);
  }

  private Constant shape(Value value, Attributes attributes) {
    int[] dimensions =
        switch (value) {
          case Value.Known known -> known.constant().dimensions();
          case Value.Computed computed -> computed.dimensions();
        };
    int rank = dimensions.length;
    int start = attributes.integer("start", 0);
    int end = attributes.integer("end", rank);
    start = Math.clamp(start < 0 ? start + rank : start, 0, rank);
    end = Math.clamp(end < 0 ? end + rank : end, start, rank);
    return Constant.vector(
        Arrays.stream(dimensions, start, end).mapToDouble(dimension -> dimension).toArray());
  }

  private static Value cast(Attributes attributes, Arguments arguments) {
    // 1 and 11 are float32 and float64; anything else would round.
    int type = attributes.integer("to", 1);
    if (type != 1 && type != 11) {
      throw new IllegalArgumentException("expected a cast to float32 or float64, got " + type);
    }
    return arguments.computed(0);
  }

  private Value conv(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    Constant weights = arguments.known(1);
    if (x.rank() != 3 && x.rank() != 4) {
      throw new IllegalArgumentException(
          "expected an input of rank 3 or 4 (1-D or 2-D convolution), got "
              + Arrays.toString(x.dimensions()));
    }
    int[] w = weights.dimensions();
    if (w.length != x.rank()) {
      throw new IllegalArgumentException(
          "expected weights of rank " + x.rank() + ", got " + Arrays.toString(w));
    }
    int groups = attributes.integer("group", 1);
    Shape in = graph.shape(x);
    if (groups < 1 || in.channels() != (long) w[1] * groups || w[0] < 1 || w[0] % groups != 0) {
      throw new IllegalArgumentException(
          "expected weights for "
              + in.channels()
              + " channels in "
              + groups
              + " groups, got "
              + Arrays.toString(w));
    }
    int[] kernel = Arrays.copyOfRange(w, 2, w.length);
    int[] declared = attributes.integers("kernel_shape");
    if (declared != null && !Arrays.equals(declared, kernel)) {
      throw new IllegalArgumentException(
          "expected kernel_shape "
              + Arrays.toString(kernel)
              + ", got "
              + Arrays.toString(declared));
    }
    Window window = Windows.of(attributes, in, kernel, false).window();
    double[] bias = new double[w[0]];
    if (arguments.has(2)) {
      bias = arguments.known(2).values().clone();
      if (bias.length != w[0]) {
        throw new IllegalArgumentException("expected " + w[0] + " biases, got " + bias.length);
      }
    }
    Convolution convolution = new Convolution(name, in, window, groups, weights.values(), bias);
    return graph.add(
        convolution, List.of(x), spatialDimensions(x.rank(), convolution.outputShape()));
  }

  private static int[] spatialDimensions(int rank, Shape shape) {
    return rank == 3
        ? new int[] {1, shape.channels(), shape.width()}
        : new int[] {1, shape.channels(), shape.height(), shape.width()};
  }

  private Value gemm(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    Constant b = arguments.known(1);
    if (attributes.integer("transA", 0) != 0) {
      throw new IllegalArgumentException("expected transA = 0: the batch comes first");
    }
    boolean transposed = attributes.integer("transB", 0) != 0;
    double alpha = attributes.real("alpha", 1);
    double beta = attributes.real("beta", 1);
    double[] weights = matrix(x, b, transposed);
    int outputs = b.dimensions()[transposed ? 0 : 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= alpha;
    }
    double[] bias = new double[outputs];
    if (arguments.has(2)) {
      bias = ConstantFolding.broadcast(arguments.known(2), 1, outputs);
      for (int i = 0; i < bias.length; i++) {
        bias[i] *= beta;
      }
    }
    return fullyConnected(name, x, weights, bias);
  }

  private Value matMul(String name, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    Constant b = arguments.known(1);
    double[] weights = matrix(x, b, false);
    return fullyConnected(name, x, weights, new double[b.dimensions()[1]]);
  }

  private Value fullyConnected(String name, Value.Computed x, double[] weights, double[] bias) {
    int inputs = x.dimensions()[1];
    return graph.add(
        Convolution.fullyConnected(name, inputs, weights, bias), List.of(x), 1, bias.length);
  }

  /** A copy of the constant matrix laid out [out][in], checked against the input. */
  private static double[] matrix(Value.Computed x, Constant b, boolean transposed) {
    int[] d = b.dimensions();
    if (x.rank() != 2 || d.length != 2 || d[transposed ? 1 : 0] != x.dimensions()[1]) {
      throw new IllegalArgumentException(
          "expected a vector per image times a constant matrix with as many rows, got "
              + Arrays.toString(x.dimensions())
              + " and "
              + Arrays.toString(d)
              + (transposed ? " transposed" : ""));
    }
    if (transposed) {
      return b.values().clone();
    }
    double[] weights = new double[b.values().length];
    for (int i = 0; i < d[0]; i++) {
      for (int o = 0; o < d[1]; o++) {
        weights[o * d[0] + i] = b.values()[i * d[1] + o];
      }
    }
    return weights;
  }

  private Value add(String name, Arguments arguments) {
    if (arguments.areAllComputed()) {
      return sum(name, arguments);
    }
    return elementwise(name, arguments.theComputed(), Constant.scalar(1), arguments.theKnown());
  }

  private Value subtract(String name, Arguments arguments) {
    if (arguments.areAllComputed()) {
      Value.Computed x = arguments.computed(0);
      Value.Computed y = elementwise(name, arguments.computed(1), Constant.scalar(-1), zero());
      requireSameDimensions(x, y);
      return graph.add(new Layer.Sum(name, graph.shape(x)), List.of(x, y), x.dimensions());
    }
    if (arguments.value(0) instanceof Value.Computed x) {
      return elementwise(name, x, Constant.scalar(1), ConstantFolding.negate(arguments.known(1)));
    }
    return elementwise(name, arguments.computed(1), Constant.scalar(-1), arguments.known(0));
  }

  private Value sum(String name, Arguments arguments) {
    List<Value.Computed> terms = arguments.allComputed();
    for (Value.Computed term : terms) {
      requireSameDimensions(terms.getFirst(), term);
    }
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    Value.Computed first = terms.getFirst();
    return graph.add(new Layer.Sum(name, graph.shape(first)), terms, first.dimensions());
  }

  private static void requireSameDimensions(Value.Computed x, Value.Computed y) {
    if (!Arrays.equals(x.dimensions(), y.dimensions())) {
      throw new IllegalArgumentException(
          "expected operands of one shape, got "
              + Arrays.toString(x.dimensions())
              + " and "
              + Arrays.toString(y.dimensions()));
    }
  }

  private Value multiply(String name, Arguments arguments) {
    if (arguments.areAllComputed()) {
      throw new IllegalArgumentException(
          "expected a constant factor; products of two computed values are not supported");
    }
    return elementwise(name, arguments.theComputed(), arguments.theKnown(), zero());
  }

  private Value divide(String name, Arguments arguments) {
    Constant divisor = arguments.known(1);
    return elementwise(name, arguments.computed(0), ConstantFolding.reciprocal(divisor), zero());
  }

  /** scale·x + shift with constants that broadcast to x. */
  private Value.Computed elementwise(
      String name, Value.Computed x, Constant scale, Constant shift) {
    double[] scales = ConstantFolding.broadcast(scale, x.dimensions());
    double[] shifts = ConstantFolding.broadcast(shift, x.dimensions());
    Shape shape = graph.shape(x);
    int plane = shape.height() * shape.width();
    if (isConstantPerChannel(scales, plane) && isConstantPerChannel(shifts, plane)) {
      return graph.add(
          Convolution.channelwise(name, shape, every(scales, plane), every(shifts, plane)),
          List.of(x),
          x.dimensions());
    }
    Value.Computed flat = graph.reshape(name, x, 1, shape.size());
    Value.Computed result =
        graph.add(
            Convolution.channelwise(name, graph.shape(flat), scales, shifts),
            List.of(flat),
            flat.dimensions());
    return graph.reshape(name, result, x.dimensions());
  }

  private static boolean isConstantPerChannel(double[] values, int plane) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != values[i / plane * plane]) {
        return false;
      }
    }
    return true;
  }

  private static double[] every(double[] values, int plane) {
    double[] result = new double[values.length / plane];
    for (int c = 0; c < result.length; c++) {
      result[c] = values[c * plane];
    }
    return result;
  }

  private Value batchNormalization(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    if (attributes.integer("training_mode", 0) != 0 || attributes.integer("spatial", 1) != 1) {
      throw new IllegalArgumentException("expected inference mode over channels");
    }
    double epsilon = attributes.real("epsilon", 1e-5);
    int channels = x.rank() < 2 ? 1 : x.dimensions()[1];
    double[][] parameters = new double[4][];
    for (int i = 0; i < 4; i++) {
      parameters[i] = arguments.known(i + 1).values();
      if (parameters[i].length != channels) {
        throw new IllegalArgumentException(
            "expected " + channels + " values per parameter, got " + parameters[i].length);
      }
    }
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      double deviation = Math.sqrt(parameters[3][c] + epsilon);
      if (!(deviation > 0)) {
        throw new IllegalArgumentException(
            "expected positive variances, got " + parameters[3][c] + " in channel " + c);
      }
      scale[c] = parameters[0][c] / deviation;
      shift[c] = parameters[1][c] - parameters[2][c] * scale[c];
    }
    return graph.add(
        Convolution.channelwise(name, graph.shape(x), scale, shift), List.of(x), x.dimensions());
  }

  private Value clip(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    double minimum = attributes.real("min", Double.NEGATIVE_INFINITY);
    double maximum = attributes.real("max", Double.POSITIVE_INFINITY);
    if (opset >= 11) {
      minimum = arguments.has(1) ? arguments.scalar(1) : Double.NEGATIVE_INFINITY;
      maximum = arguments.has(2) ? arguments.scalar(2) : Double.POSITIVE_INFINITY;
    }
    // Exporters write the largest float where they mean no bound.
    minimum = minimum <= -Float.MAX_VALUE ? Double.NEGATIVE_INFINITY : minimum;
    maximum = maximum >= Float.MAX_VALUE ? Double.POSITIVE_INFINITY : maximum;
    if (!(minimum <= maximum)
        || minimum == Double.POSITIVE_INFINITY
        || maximum == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "expected bounds in order, got " + minimum + " and " + maximum);
    }
    if (Double.isInfinite(minimum) && Double.isInfinite(maximum)) {
      return x;
    }
    return graph.add(
        new Layer.Clip(name, graph.shape(x), minimum, maximum), List.of(x), x.dimensions());
  }

  private Value pool(String name, String operator, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    int[] kernel = attributes.integers("kernel_shape");
    if ((x.rank() != 3 && x.rank() != 4) || kernel == null || kernel.length != x.rank() - 2) {
      throw new IllegalArgumentException(
          "expected a kernel_shape for an input of rank 3 or 4, got input "
              + Arrays.toString(x.dimensions())
              + " and kernel "
              + Arrays.toString(kernel));
    }
    Shape in = graph.shape(x);
    int[] strides = attributes.integers("strides", kernel.length, 1);
    for (int i = 0; i < kernel.length; i++) {
      // The standard's padding would be negative, and runtimes disagree what that means.
      if (attributes.string("auto_pad", "NOTSET").startsWith("SAME") && strides[i] > kernel[i]) {
        throw new IllegalArgumentException(
            "expected strides up to the kernel with auto_pad; use explicit padding");
      }
    }
    Windows windows = Windows.of(attributes, in, kernel, attributes.integer("ceil_mode", 0) != 0);
    Window window = windows.window();
    if (window.padTop() >= window.kernelHeight() * window.dilationHeight()
        || window.padLeft() >= window.kernelWidth() * window.dilationWidth()) {
      throw new IllegalArgumentException("expected padding smaller than the window");
    }
    Layer layer;
    if (operator.equals("MaxPool")) {
      if (attributes.integer("storage_order", 0) != 0) {
        throw new IllegalArgumentException("expected storage_order = 0");
      }
      layer = new Layer.MaxPool(name, in, window);
    } else {
      boolean countPadding = attributes.integer("count_include_pad", 0) != 0;
      if (countPadding && windows.overhangs()) {
        // Runtimes disagree whether the part that reaches over the end counts.
        throw new IllegalArgumentException(
            "expected not both ceil_mode and count_include_pad; use explicit padding");
      }
      layer = new Layer.AveragePool(name, in, window, countPadding);
    }
    if ((long) layer.outputShape().size() * window.kernelSize() > MAXIMUM_POOL) {
      throw new IllegalArgumentException("expected a pool of moderate size, got " + window);
    }
    return graph.add(layer, List.of(x), spatialDimensions(x.rank(), layer.outputShape()));
  }

  private Value meanOverSpace(String name, Value.Computed x, boolean keepDimensions) {
    if (x.rank() != 3 && x.rank() != 4) {
      throw new IllegalArgumentException(
          "expected an input of rank 3 or 4, got " + Arrays.toString(x.dimensions()));
    }
    Shape in = graph.shape(x);
    Window window = Window.of(in.height(), in.width(), 1, 1);
    Layer layer = new Layer.AveragePool(name, in, window, true);
    Value.Computed mean =
        graph.add(layer, List.of(x), spatialDimensions(x.rank(), layer.outputShape()));
    return keepDimensions ? mean : graph.reshape(name, mean, 1, in.channels());
  }

  private Value reduceMean(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    int[] axes = axes(attributes, arguments, 18);
    int[] sorted = Arrays.stream(axes).map(x::axis).sorted().toArray();
    int[] space = x.rank() == 3 ? new int[] {2} : new int[] {2, 3};
    if (!Arrays.equals(sorted, space)) {
      throw new IllegalArgumentException(
          "expected a mean over all spatial axes, got axes " + Arrays.toString(axes));
    }
    return meanOverSpace(name, x, attributes.integer("keepdims", 1) != 0);
  }

  /** Axes as attribute or, from an opset on, as second input. */
  private int[] axes(Attributes attributes, Arguments arguments, int inputSince) {
    if (opset >= inputSince && arguments.has(1)) {
      return arguments.known(1).integers();
    }
    int[] axes = attributes.integers("axes");
    if (axes == null) {
      throw new IllegalArgumentException("expected axes, got none");
    }
    return axes;
  }

  private Value pad(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    String mode = attributes.string("mode", "constant");
    double value = attributes.real("value", 0);
    int[] pads = attributes.integers("pads");
    if (opset >= 11) {
      pads = arguments.known(1).integers();
      value = arguments.has(2) ? arguments.scalar(2) : 0;
    }
    if (!mode.equals("constant") || value != 0 || pads == null) {
      throw new IllegalArgumentException(
          "expected constant padding with 0, got mode " + mode + " and value " + value);
    }
    int[] full = new int[2 * x.rank()];
    int[] axes =
        opset >= 18 && arguments.has(3)
            ? arguments.known(3).integers()
            : IntStream.range(0, x.rank()).toArray();
    if (pads.length != 2 * axes.length) {
      throw new IllegalArgumentException(
          "expected " + 2 * axes.length + " pads, got " + pads.length);
    }
    for (int i = 0; i < axes.length; i++) {
      full[x.axis(axes[i])] = pads[i];
      full[x.axis(axes[i]) + x.rank()] = pads[i + axes.length];
    }
    for (int axis = 0; axis < x.rank(); axis++) {
      boolean isSpace = axis >= 2 && x.rank() <= 4;
      int before = full[axis];
      int after = full[axis + x.rank()];
      if (before < 0 || after < 0 || (!isSpace && (before | after) != 0)) {
        throw new IllegalArgumentException(
            "expected non-negative padding of spatial axes only, got " + Arrays.toString(pads));
      }
    }
    if (Arrays.stream(full).allMatch(p -> p == 0)) {
      return x;
    }
    int r = x.rank();
    Window window =
        r == 3
            ? Window.POINT.withPadding(0, full[2], 0, full[2 + r])
            : Window.POINT.withPadding(full[2], full[3], full[2 + r], full[3 + r]);
    Shape in = graph.shape(x);
    Convolution unit = Convolution.identity(name, in);
    Layer layer = new Convolution(name, in, window, in.channels(), unit.weights(), unit.bias());
    return graph.add(layer, List.of(x), spatialDimensions(r, layer.outputShape()));
  }

  private Value flatten(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    int axis = attributes.integer("axis", 1);
    axis = axis < 0 ? axis + x.rank() : axis;
    // With a batch of one image, axis 0 is the same flattening; any other axis mixes images.
    if (axis != 1 && axis != 0) {
      throw new IllegalArgumentException("expected to flatten from axis 1, got axis " + axis);
    }
    return graph.reshape(name, x, 1, graph.shape(x).size());
  }

  private Value reshape(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    boolean allowZero = attributes.integer("allowzero", 0) != 0;
    int[] target =
        ConstantFolding.reshape(x.dimensions(), arguments.known(1).integers(), allowZero);
    return graph.reshape(name, x, target);
  }

  private Value squeeze(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    boolean explicit = attributes.has("axes") || arguments.has(1);
    int[] axes = explicit ? axes(attributes, arguments, 13) : null;
    int[] result = ConstantFolding.squeeze(x.dimensions(), axes);
    // Where the batch was taken away (a batch of one image), it is put back in front.
    return graph.reshape(name, x, withBatch(result));
  }

  private static int[] withBatch(int[] dimensions) {
    if (dimensions.length > 0 && dimensions[0] == 1) {
      return dimensions;
    }
    int[] result = new int[dimensions.length + 1];
    result[0] = 1;
    System.arraycopy(dimensions, 0, result, 1, dimensions.length);
    return result;
  }

  private Value unsqueeze(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    int[] axes = axes(attributes, arguments, 13);
    return graph.reshape(name, x, ConstantFolding.unsqueeze(x.dimensions(), axes));
  }

  private Value transpose(String name, Attributes attributes, Arguments arguments) {
    Value.Computed x = arguments.computed(0);
    int[] permutation = attributes.integers("perm");
    if (permutation == null) {
      permutation = IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
    }
    int[] dimensions = ConstantFolding.transposed(x.dimensions(), permutation);
    boolean isToChannelsFirst = Arrays.equals(permutation, new int[] {0, 3, 1, 2});
    if (x.number() == 0 && isToChannelsFirst && graph.inputHasOneReader()) {
      graph.note("the file's input is height × width × channels; give channels × height × width");
      return graph.replaceInput(dimensions);
    }
    int[] source = ConstantFolding.transposition(x.dimensions(), permutation);
    return graph.add(
        new Permutation(name, Value.shape(dimensions), source), List.of(x), dimensions);
  }

  private Value concat(String name, Attributes attributes, Arguments arguments) {
    List<Value.Computed> parts = arguments.allComputed();
    Value.Computed first = parts.getFirst();
    int axis = first.axis(attributes.integer("axis", 1));
    int[] dimensions = first.dimensions().clone();
    if (axis != 1 || dimensions.length > 4) {
      throw new IllegalArgumentException("expected to concatenate channels, got axis " + axis);
    }
    for (Value.Computed part : parts.subList(1, parts.size())) {
      int[] other = part.dimensions().clone();
      if (other.length != dimensions.length) {
        throw new IllegalArgumentException("expected parts of one rank, got several");
      }
      dimensions[1] = Math.addExact(dimensions[1], other[1]);
      other[1] = dimensions[1];
      requireSameDimensions(new Value.Computed(0, dimensions), new Value.Computed(0, other));
    }
    if (parts.size() == 1) {
      return first;
    }
    return graph.add(
        new Layer.Concatenation(name, Value.shape(dimensions)), new ArrayList<>(parts), dimensions);
  }
}
