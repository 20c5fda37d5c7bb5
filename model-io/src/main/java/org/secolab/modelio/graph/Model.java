package org.secolab.modelio.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A network of float layers. Value 0 is the input, value i the result of node i (counted from 1);
 * the last node's value is the output.
 *
 * @param name for people: usually the file's name
 * @param inputShape the shape of value 0
 * @param nodes in topological order
 * @param notes what the importer left out and the user must know, a sentence each
 */
public record Model(String name, Shape inputShape, List<Node> nodes, List<String> notes) {

  /**
   * One operator and the values it reads.
   *
   * @param inputs numbers of earlier values
   */
  public record Node(Layer layer, List<Integer> inputs) {
    public Node {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * @throws IllegalArgumentException if a node reads a later value, or one of another shape than
   *     its operator expects
   */
  public Model {
    nodes = List.copyOf(nodes);
    notes = List.copyOf(notes);
    List<Shape> shapes = new ArrayList<>();
    shapes.add(inputShape);
    for (Node node : nodes) {
      List<Shape> inputs = new ArrayList<>();
      for (int input : node.inputs()) {
        if (input < 0 || input >= shapes.size()) {
          throw new IllegalArgumentException(
              "layer " + node.layer().name() + ": expected an earlier value, got " + input);
        }
        inputs.add(shapes.get(input));
      }
      checkInputs(node.layer(), inputs);
      shapes.add(node.layer().outputShape());
    }
  }

  /** The shape of a value. */
  public Shape shape(int value) {
    return value == 0 ? inputShape : nodes.get(value - 1).layer().outputShape();
  }

  /** The number of the output value. */
  public int output() {
    return nodes.size();
  }

  public Shape outputShape() {
    return shape(output());
  }

  /** How many nodes read each value; the output counts as read once more. */
  public int[] readers() {
    int[] readers = new int[nodes.size() + 1];
    for (Node node : nodes) {
      for (int input : node.inputs()) {
        readers[input]++;
      }
    }
    readers[output()]++;
    return readers;
  }

  private static void checkInputs(Layer layer, List<Shape> inputs) {
    List<Shape> expected =
        switch (layer) {
          case Convolution convolution -> List.of(convolution.inputShape());
          case Layer.AveragePool pool -> List.of(pool.inputShape());
          case Layer.MaxPool pool -> List.of(pool.inputShape());
          case Layer.Reshape reshape -> List.of(reshape.inputShape());
          case Layer.Relu relu -> List.of(relu.outputShape());
          case Layer.LeakyRelu relu -> List.of(relu.outputShape());
          case Layer.Clip clip -> List.of(clip.outputShape());
          case Layer.Sum sum -> inputs.stream().map(shape -> sum.outputShape()).toList();
          case Permutation permutation ->
              inputs.size() == 1 && inputs.get(0).size() == permutation.outputShape().size()
                  ? inputs
                  : List.of(permutation.outputShape());
          case Layer.Concatenation concatenation -> concatenated(concatenation, inputs);
        };
    if (inputs.isEmpty() || !inputs.equals(expected)) {
      throw new IllegalArgumentException(
          "layer " + layer.name() + ": expected inputs of shape " + expected + ", got " + inputs);
    }
  }

  private static List<Shape> concatenated(Layer.Concatenation layer, List<Shape> inputs) {
    Shape output = layer.outputShape();
    int channels = inputs.stream().mapToInt(Shape::channels).sum();
    boolean fits =
        channels == output.channels()
            && inputs.stream()
                .allMatch(s -> s.height() == output.height() && s.width() == output.width());
    return fits ? inputs : List.of(output);
  }
}
