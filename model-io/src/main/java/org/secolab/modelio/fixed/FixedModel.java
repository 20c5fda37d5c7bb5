package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.secolab.modelio.graph.Shape;

/**
 * A fixed-point network: what every protocol computes, exactly. Layers are numbered from 1; odd
 * layers are linear, even ones activations. Layer 0 is the input.
 *
 * @param name for people
 * @param modulus the ring of all values
 * @param fractionBits f: an input or activation v means v / 2^f
 * @param inputShape the shape of the input
 * @param inputRange what inputs may be; the range policy built on it
 * @param layers layer i at index i − 1
 * @param outputScaleBits an output v means v / 2^outputScaleBits; normally 2f
 */
public record FixedModel(
    String name,
    Modulus modulus,
    int fractionBits,
    Shape inputShape,
    InputRange inputRange,
    List<FixedLayer> layers,
    int outputScaleBits) {

  /**
   * @throws IllegalArgumentException if layers do not alternate or do not fit each other
   */
  public FixedModel {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("expected at least one layer, got none");
    }
    if (fractionBits < 1 || fractionBits > 24) {
      throw new IllegalArgumentException("expected 1 to 24 fraction bits, got " + fractionBits);
    }
    List<Shape> shapes = new ArrayList<>();
    shapes.add(inputShape);
    for (FixedLayer layer : layers) {
      int number = shapes.size();
      if ((number % 2 == 1) != (layer instanceof FixedLinear)) {
        throw new IllegalArgumentException(
            "layer " + number + ": expected odd layers to be linear and even ones activations");
      }
      if (!layer.inputShape().equals(shapes.getLast())) {
        throw new IllegalArgumentException(
            "layer "
                + number
                + ": expected input "
                + shapes.getLast()
                + ", got "
                + layer.inputShape());
      }
      if (layer instanceof FixedLinear linear) {
        for (FixedLinear.Branch branch : linear.branches()) {
          checkBranch(number, linear, branch, shapes);
        }
      }
      if (layer instanceof FixedArgmax && number < layers.size()) {
        throw new IllegalArgumentException(
            "layer " + number + ": expected a decision at the end only");
      }
      shapes.add(layer.outputShape());
    }
  }

  private static void checkBranch(
      int number, FixedLinear linear, FixedLinear.Branch branch, List<Shape> shapes) {
    if (branch.source() >= number) {
      throw new IllegalArgumentException(
          "layer " + number + ": expected an earlier source, got " + branch.source());
    }
    Shape expected =
        branch.operations().isEmpty()
            ? linear.outputShape()
            : branch.operations().getFirst().inputShape();
    if (!shapes.get(branch.source()).equals(expected)) {
      throw new IllegalArgumentException(
          "layer "
              + number
              + ": expected a source of shape "
              + expected
              + ", got "
              + shapes.get(branch.source()));
    }
  }

  /** Layer {@code number}, counted from 1. */
  public FixedLayer layer(int number) {
    return layers.get(number - 1);
  }

  /** The shape of the output of layer {@code number}; 0 is the input. */
  public Shape shape(int number) {
    return number == 0 ? inputShape : layer(number).outputShape();
  }

  public Shape outputShape() {
    return shape(layers.size());
  }

  /**
   * The cuts c such that the first c layers can stand on the gateway: 0, the end, and behind every
   * activation.
   */
  public List<Integer> validCuts() {
    List<Integer> cuts = new ArrayList<>();
    for (int cut = 0; cut < layers.size(); cut += 2) {
      cuts.add(cut);
    }
    cuts.add(layers.size());
    return cuts;
  }

  /**
   * The tensors from before a cut that layers behind it read, by the numbers of the layers that
   * make them, ascending, 0 for the input. One, unless a residual connection jumps over the cut;
   * none, if nothing lies behind it.
   */
  public List<Integer> crossing(int cut) {
    NavigableSet<Integer> sources = new TreeSet<>();
    for (FixedLayer behind : layers.subList(cut, layers.size())) {
      if (behind instanceof FixedLinear linear) {
        linear.branches().stream()
            .map(FixedLinear.Branch::source)
            .filter(source -> source <= cut)
            .forEach(sources::add);
      }
    }
    return List.copyOf(sources);
  }

  /** Whether the output is the number of a class, not scores. */
  public boolean revealsLabel() {
    return layers.getLast() instanceof FixedArgmax;
  }

  /**
   * The same model, giving away the position of its largest output only. If it ends in an
   * activation, a linear layer that changes nothing comes between.
   *
   * @throws IllegalArgumentException if the model has one output only
   */
  public FixedModel revealingLabel() {
    if (revealsLabel()) {
      return this;
    }
    List<FixedLayer> more = new ArrayList<>(layers);
    Shape scores = outputShape();
    if (layers.size() % 2 == 0) {
      FixedLinear.Branch unchanged = new FixedLinear.Branch(layers.size(), 0, List.of());
      more.add(new FixedLinear("scores", scores, scores, List.of(unchanged)));
    }
    more.add(new FixedArgmax("label", scores));
    return new FixedModel(name, modulus, fractionBits, inputShape, inputRange, more, 0);
  }

  /** How inputs and outputs are written as residues. */
  public FixedFormat format() {
    return new FixedFormat(
        modulus, fractionBits, inputShape, inputRange, outputScaleBits, revealsLabel());
  }

  /**
   * Rounds an input to fixed point, as residues.
   *
   * @throws IllegalArgumentException as {@link FixedFormat#encodeInput}
   */
  public long[] encodeInput(float[] input) {
    return format().encodeInput(input);
  }

  /** What residues of the output mean as numbers. */
  public double[] decodeOutput(long[] output) {
    return format().decodeOutput(output);
  }

  /** round(x·2^bits) = ⌊x·2^bits + ½⌋. */
  static long round(double x, int bits) {
    return (long) Math.floor(Math.scalb(x, bits) + 0.5);
  }
}
