package org.secolab.modelio.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;

/** Walks an ONNX graph node by node: constants are folded, everything else becomes layers. */
final class GraphImporter {
  private static final int OLDEST_OPSET = 7;
  private static final int NEWEST_OPSET = 21;
  private static final int MAXIMUM_NODES = 100_000;

  /** What a file may make of nothing: values, parameters and folded constants together, 2^26. */
  private static final long ALLOWANCE = 1L << 26;

  private final String file;
  private final GraphProto graph;
  private final int opset;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();

  /** Names behind a Softmax or ArgMax: only the output may be one. */
  private final Set<String> leftToUser = new HashSet<>();

  private final List<Model.Node> nodes = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Numbers that may still be allocated: a small file must not become a huge model. */
  private long budget = ALLOWANCE;

  GraphImporter(String file, ModelProto proto) throws ModelFormatException {
    this.file = file;
    this.graph = proto.getGraph();
    this.opset = opset(proto);
  }

  private int opset(ModelProto proto) throws ModelFormatException {
    if (!proto.hasGraph() || graph.getNodeCount() == 0) {
      throw new ModelFormatException(file, "expected an ONNX model, found no graph in it");
    }
    if (graph.getNodeCount() > MAXIMUM_NODES) {
      throw new ModelFormatException(
          file, "expected at most " + MAXIMUM_NODES + " nodes, got " + graph.getNodeCount());
    }
    for (OperatorSetIdProto set : proto.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        if (set.getVersion() < OLDEST_OPSET || set.getVersion() > NEWEST_OPSET) {
          throw new ModelFormatException(
              file,
              "expected opset "
                  + OLDEST_OPSET
                  + " to "
                  + NEWEST_OPSET
                  + ", got "
                  + set.getVersion());
        }
        return (int) set.getVersion();
      }
    }
    throw new ModelFormatException(file, "expected an opset version, found none");
  }

  /** The imported model. */
  Model model() throws ModelFormatException {
    readInitialisers();
    readInput();
    countReaders();
    Operators operators = new Operators(this, opset);
    for (int i = 0; i < graph.getNodeCount(); i++) {
      importNode(operators, graph.getNode(i), i);
    }
    if (graph.getOutputCount() != 1) {
      throw new ModelFormatException(file, "expected one output, got " + graph.getOutputCount());
    }
    String output = graph.getOutput(0).getName();
    Value value = values.get(output);
    if (!(value instanceof Value.Computed computed)) {
      throw new ModelFormatException(
          file,
          "expected an output computed from the input, got "
              + (value == null ? "no value named " : "the constant ")
              + output);
    }
    return pruned(computed.number());
  }

  private void readInitialisers() throws ModelFormatException {
    for (TensorProto tensor : graph.getInitializerList()) {
      try {
        Constant constant = Constant.decode(tensor);
        // Twice what the file itself holds: once rearranged, once as a layer's parameters.
        budget += 2L * constant.values().length;
        values.put(tensor.getName(), new Value.Known(constant));
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(
            file, "initialiser " + tensor.getName() + ": " + e.getMessage());
      }
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new ModelFormatException(file, "expected dense initialisers, got sparse ones");
    }
  }

  private void readInput() throws ModelFormatException {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !values.containsKey(i.getName())).toList();
    if (inputs.size() != 1) {
      throw new ModelFormatException(file, "expected one input, got " + inputs.size());
    }
    ValueInfoProto input = inputs.getFirst();
    try {
      int type = input.getType().getTensorType().getElemType();
      if (type != TensorProto.DataType.FLOAT_VALUE && type != TensorProto.DataType.DOUBLE_VALUE) {
        throw new IllegalArgumentException(
            "expected float32 or float64, got " + TensorProto.DataType.forNumber(type));
      }
      int[] dimensions = inputDimensions(input.getType().getTensorType().getShape());
      shapes.add(Value.shape(dimensions));
      values.put(input.getName(), new Value.Computed(0, dimensions));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, "input " + input.getName() + ": " + e.getMessage());
    }
  }

  private static int[] inputDimensions(TensorShapeProto shape) {
    if (shape.getDimCount() < 2 || shape.getDimCount() > 4) {
      throw new IllegalArgumentException(
          "expected rank 2 to 4 with the batch first, got rank " + shape.getDimCount());
    }
    int[] dimensions = new int[shape.getDimCount()];
    // One inference is one image, whatever batch the file was exported for.
    dimensions[0] = 1;
    for (int i = 1; i < dimensions.length; i++) {
      long dimension = shape.getDim(i).getDimValue();
      if (dimension < 1 || dimension > Shape.MAXIMUM_SIZE) {
        throw new IllegalArgumentException(
            "expected fixed dimensions behind the batch, got "
                + (dimension == 0 ? "an open one" : dimension)
                + " at axis "
                + i);
      }
      dimensions[i] = (int) dimension;
    }
    return dimensions;
  }

  private void countReaders() {
    for (NodeProto node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        readers.merge(input, 1, Integer::sum);
      }
    }
  }

  private void importNode(Operators operators, NodeProto node, int index)
      throws ModelFormatException {
    String name = node.getName().isEmpty() ? "#" + index : node.getName();
    try {
      if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
        throw new IllegalArgumentException(
            "expected an operator of the ONNX standard, got domain " + node.getDomain());
      }
      List<Optional<Value>> inputs = new ArrayList<>();
      boolean isBehindEnd = false;
      for (String input : node.getInputList()) {
        Value value = values.get(input);
        if (value == null && !input.isEmpty()) {
          throw new IllegalArgumentException(
              "expected an input made by an earlier node, got " + input);
        }
        inputs.add(Optional.ofNullable(value));
        isBehindEnd |= leftToUser.contains(input);
      }
      if (isBehindEnd && !Operators.ENDS.contains(node.getOpType())) {
        throw new IllegalArgumentException(
            "expected Softmax and ArgMax only at the end of the network");
      }
      for (int i = 1; i < node.getOutputCount(); i++) {
        if (readers.containsKey(node.getOutput(i))) {
          throw new IllegalArgumentException(
              "expected that only the first output is used, got " + node.getOutput(i));
        }
      }
      if (node.getOutputCount() == 0 || values.containsKey(node.getOutput(0))) {
        throw new IllegalArgumentException("expected one new output");
      }
      Value result = operators.apply(name, node, inputs);
      values.put(node.getOutput(0), result);
      if (isBehindEnd || Operators.ENDS.contains(node.getOpType())) {
        leftToUser.add(node.getOutput(0));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Arithmetic exceptions are sizes beyond the range of integers.
      throw new ModelFormatException(file, name, node.getOpType(), String.valueOf(e.getMessage()));
    }
  }

  /** Adds a layer that reads computed values and has the given ONNX dimensions. */
  Value.Computed add(Layer layer, List<Value.Computed> inputs, int... dimensions) {
    spend(layer.outputShape().size());
    if (layer instanceof Convolution convolution) {
      spend((long) convolution.weights().length + convolution.bias().length);
    }
    nodes.add(new Model.Node(layer, inputs.stream().map(Value.Computed::number).toList()));
    shapes.add(layer.outputShape());
    return reshape(layer.name(), new Value.Computed(nodes.size(), dimensions), dimensions);
  }

  /** The same values under other ONNX dimensions. */
  Value.Computed reshape(String name, Value.Computed value, int... dimensions) {
    Shape before = shapes.get(value.number());
    Shape after = Value.shape(dimensions);
    if (before.equals(after)) {
      return new Value.Computed(value.number(), dimensions);
    }
    return add(new Layer.Reshape(name, before, after), List.of(value), dimensions);
  }

  /**
   * Accounts for numbers that were, or are about to be, allocated.
   *
   * @throws IllegalArgumentException if the model is out of proportion to its file
   */
  void spend(long numbers) {
    budget -= numbers;
    if (budget < 0) {
      throw new IllegalArgumentException(
          "expected a model of moderate size, got far more values than the file holds");
    }
  }

  Shape shape(Value.Computed value) {
    return shapes.get(value.number());
  }

  void note(String note) {
    notes.add(note);
  }

  /** Whether nothing but one node reads the model's input. */
  boolean inputHasOneReader() {
    return nodes.isEmpty()
        && graph.getInputList().stream()
                .filter(i -> values.get(i.getName()) instanceof Value.Computed)
                .mapToInt(i -> readers.getOrDefault(i.getName(), 0))
                .sum()
            == 1;
  }

  /** Declares the input in another layout, given that nothing was imported yet. */
  Value.Computed replaceInput(int... dimensions) {
    shapes.set(0, Value.shape(dimensions));
    return new Value.Computed(0, dimensions);
  }

  /** The nodes the output depends on, renumbered; the output's node comes last by itself. */
  private Model pruned(int output) throws ModelFormatException {
    boolean[] needed = new boolean[nodes.size() + 1];
    needed[output] = true;
    for (int i = output; i > 0; i--) {
      if (needed[i]) {
        nodes.get(i - 1).inputs().forEach(input -> needed[input] = true);
      }
    }
    if (!needed[0]) {
      throw new ModelFormatException(file, "expected an output that depends on the input");
    }
    int[] numbers = new int[nodes.size() + 1];
    List<Model.Node> kept = new ArrayList<>();
    for (int i = 1; i <= output; i++) {
      if (needed[i]) {
        Model.Node node = nodes.get(i - 1);
        List<Integer> inputs = node.inputs().stream().map(input -> numbers[input]).toList();
        kept.add(new Model.Node(node.layer(), inputs));
        numbers[i] = kept.size();
      }
    }
    return new Model(file, shapes.getFirst(), kept, notes);
  }
}
