package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Permutation;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * From a float graph to alternating linear and activation layers, exactly (as real functions).
 *
 * <p>While it walks the graph, every value is an <em>expression</em>: a sum of branches, each a
 * list of linear operations on the output of an activation layer (or on the input). Linear
 * operators only lengthen expressions; adjacent convolutions merge where they can ({@link
 * Merging}). An activation turns the expression it reads into a linear layer and itself into the
 * next layer. A value is <em>materialised</em>, that is written as a linear layer with a pure
 * truncation behind, when a second convolution would follow that cannot merge, or when several
 * operators read it.
 *
 * <p>LeakyReLU(x) = a·x + (1 − a)·max(x, 0) and clips with other bounds than 0 become ReLUs and
 * linear operations.
 */
final class Lowering {
  private final Model model;
  private final int[] readers;
  private final List<FloatLayer> layers = new ArrayList<>();
  private final List<List<FloatLayer.Branch>> expressions = new ArrayList<>();

  private Lowering(Model model) {
    this.model = model;
    this.readers = model.readers();
  }

  /** Layer i at index i − 1; odd numbers affine, even ones activations. */
  static List<FloatLayer> lower(Model model) throws ModelFormatException {
    Lowering lowering = new Lowering(model);
    lowering.run();
    return lowering.layers;
  }

  private void run() throws ModelFormatException {
    expressions.add(anchor(0));
    for (Model.Node node : model.nodes()) {
      List<FloatLayer.Branch> result =
          switch (node.layer()) {
            case Layer.Linear linear -> linear(linear, node.inputs());
            case Layer.Activation activation -> activation(activation, node.inputs().getFirst());
          };
      expressions.add(result);
      int value = expressions.size() - 1;
      if (readers[value] > 1 && !isPlain(result)) {
        expressions.set(value, materialise(node.layer().name(), result));
      }
    }
    List<FloatLayer.Branch> output = expressions.getLast();
    boolean isLastActivation =
        isPlain(output) && !layers.isEmpty() && output.getFirst().source() == layers.size();
    if (!isLastActivation || !output.getFirst().operations().isEmpty()) {
      String name = model.nodes().isEmpty() ? model.name() : model.nodes().getLast().layer().name();
      emitAffine(name, output);
    }
  }

  private List<FloatLayer.Branch> anchor(int layer) {
    Shape shape = layer == 0 ? model.inputShape() : layers.get(layer - 1).outputShape();
    return List.of(new FloatLayer.Branch(layer, shape, List.of()));
  }

  private static boolean isPlain(List<FloatLayer.Branch> expression) {
    return expression.size() == 1 && expression.getFirst().isPlain();
  }

  private List<FloatLayer.Branch> linear(Layer.Linear layer, List<Integer> inputs)
      throws ModelFormatException {
    List<FloatLayer.Branch> input = expressions.get(inputs.getFirst());
    return switch (layer) {
      case Convolution convolution -> convolve(convolution, input);
      case Layer.AveragePool pool -> average(pool, input);
      case Layer.Reshape reshape -> reshape(reshape, input);
      case Permutation permutation ->
          input.stream().map(branch -> permute(permutation, branch)).toList();
      case Layer.Sum sum -> inputs.stream().flatMap(v -> expressions.get(v).stream()).toList();
      case Layer.Concatenation concatenation -> concatenate(concatenation, inputs);
    };
  }

  /** The convolution of every branch; the bias goes with the first. */
  private List<FloatLayer.Branch> convolve(
      Convolution convolution, List<FloatLayer.Branch> expression) throws ModelFormatException {
    Convolution unbiased =
        convolution.withParameters(convolution.weights(), new double[convolution.outputChannels()]);
    List<FloatLayer.Branch> result = new ArrayList<>();
    for (FloatLayer.Branch branch : expression) {
      Optional<FloatLayer.Branch> longer =
          convolve(result.isEmpty() ? convolution : unbiased, branch);
      if (longer.isEmpty()) {
        return convolve(convolution, materialise(convolution.name(), expression));
      }
      result.add(longer.get());
    }
    return result;
  }

  private static Optional<FloatLayer.Branch> convolve(
      Convolution convolution, FloatLayer.Branch branch) {
    if (branch.operations().isEmpty()) {
      return Optional.of(branch.append(convolution));
    }
    return switch (branch.operations().getLast()) {
      case Convolution last -> Merging.merge(last, convolution).map(branch.shorter()::append);
      case Layer.AveragePool pool when convolution.isChannelwise() && !pool.window().isPadded() ->
          // A mean of scaled values is the scaled mean.
          convolve(convolution.withInputShape(pool.inputShape()), branch.shorter())
              .map(scaled -> scaled.append(pool));
      case Permutation permutation
          when convolution.inputShape().isVector() && convolution.groups() == 1 ->
          appendIfFirst(branch.shorter(), Merging.permuteInputs(permutation, convolution));
      case Layer.Linear other -> appendIfFirst(branch, convolution);
    };
  }

  private static Optional<FloatLayer.Branch> appendIfFirst(
      FloatLayer.Branch branch, Convolution convolution) {
    return branch.hasConvolution() ? Optional.empty() : Optional.of(branch.append(convolution));
  }

  private List<FloatLayer.Branch> average(
      Layer.AveragePool pool, List<FloatLayer.Branch> expression) throws ModelFormatException {
    if (pool.hasOneDivisor()) {
      return expression.stream().map(branch -> average(pool, branch)).toList();
    }
    // Divide by the size of the whole window first, then correct what lay on the padding.
    Layer.AveragePool whole =
        new Layer.AveragePool(pool.name(), pool.inputShape(), pool.window(), true);
    int[][] windows = pool.window().gather(pool.inputShape());
    double[] corrections = new double[windows.length];
    for (int i = 0; i < windows.length; i++) {
      long inside = Arrays.stream(windows[i]).filter(index -> index >= 0).count();
      corrections[i] = (double) windows[i].length / inside;
    }
    Shape image = pool.outputShape();
    Shape vector = Shape.vector(image.size());
    Convolution correction =
        Convolution.channelwise(pool.name(), vector, corrections, new double[image.size()]);
    List<FloatLayer.Branch> averaged = average(whole, expression);
    List<FloatLayer.Branch> flat = reshape(new Layer.Reshape(pool.name(), image, vector), averaged);
    return reshape(new Layer.Reshape(pool.name(), vector, image), convolve(correction, flat));
  }

  private static FloatLayer.Branch average(Layer.AveragePool pool, FloatLayer.Branch branch) {
    // Keep a scaling behind the pool, where it can still merge with what follows.
    if (!branch.operations().isEmpty()
        && branch.operations().getLast() instanceof Convolution last
        && last.isChannelwise()
        && !pool.window().isPadded()) {
      return branch.shorter().append(pool).append(last.withInputShape(pool.outputShape()));
    }
    return branch.append(pool);
  }

  private static List<FloatLayer.Branch> reshape(
      Layer.Reshape reshape, List<FloatLayer.Branch> expression) {
    return expression.stream().map(branch -> reshape(reshape, branch)).toList();
  }

  private static FloatLayer.Branch reshape(Layer.Reshape reshape, FloatLayer.Branch branch) {
    if (!branch.operations().isEmpty()
        && branch.operations().getLast() instanceof Permutation permutation) {
      return branch.shorter().append(permutation.withOutputShape(reshape.outputShape()));
    }
    if (!branch.operations().isEmpty()
        && branch.operations().getLast() instanceof Layer.Reshape first) {
      return reshape(
          new Layer.Reshape(reshape.name(), first.inputShape(), reshape.outputShape()),
          branch.shorter());
    }
    return reshape.inputShape().equals(reshape.outputShape()) ? branch : branch.append(reshape);
  }

  private static FloatLayer.Branch permute(Permutation permutation, FloatLayer.Branch branch) {
    if (permutation.isIdentity()) {
      return reshape(
          new Layer.Reshape(permutation.name(), branch.outputShape(), permutation.outputShape()),
          branch);
    }
    if (!branch.operations().isEmpty()
        && branch.operations().getLast() instanceof Permutation first) {
      return permute(permutation.after(first), branch.shorter());
    }
    return branch.append(permutation);
  }

  private List<FloatLayer.Branch> concatenate(
      Layer.Concatenation concatenation, List<Integer> inputs) throws ModelFormatException {
    List<FloatLayer.Branch> result = new ArrayList<>();
    int total = concatenation.outputShape().channels();
    int first = 0;
    for (int value : inputs) {
      Shape shape = model.shape(value);
      for (FloatLayer.Branch branch : expressions.get(value)) {
        if (!branch.operations().isEmpty()
            && branch.operations().getLast() instanceof Convolution last) {
          result.add(branch.shorter().append(Merging.embedOutputs(last, first, total)));
        } else {
          Convolution unit = Convolution.identity(concatenation.name(), shape);
          result.addAll(convolve(Merging.embedOutputs(unit, first, total), List.of(branch)));
        }
      }
      first += shape.channels();
    }
    return result;
  }

  private List<FloatLayer.Branch> activation(Layer.Activation layer, int value)
      throws ModelFormatException {
    List<FloatLayer.Branch> input = expressions.get(value);
    Optional<FloatLayer.Activation> fused = fused(layer, value);
    if (fused.isPresent()) {
      layers.set(layers.size() - 1, fused.get());
      return anchor(layers.size());
    }
    String name = layer.name();
    return switch (layer) {
      case Layer.Relu relu -> emit(name, input, true, OptionalDouble.empty(), Optional.empty());
      case Layer.MaxPool pool ->
          emit(name, input, false, OptionalDouble.empty(), Optional.of(pool.window()));
      case Layer.Clip clip -> clip(clip, input);
      case Layer.LeakyRelu relu -> {
        var whole = isPlain(input) ? input : materialise(name, input);
        var positive = emit(name, whole, true, OptionalDouble.empty(), Optional.empty());
        List<FloatLayer.Branch> sum = new ArrayList<>();
        sum.addAll(scale(name, relu.slope(), 0, whole));
        sum.addAll(scale(name, 1 - relu.slope(), 0, positive));
        yield sum;
      }
    };
  }

  /** The activation layer just written, extended by one more that is its only reader. */
  private Optional<FloatLayer.Activation> fused(Layer.Activation next, int value) {
    List<FloatLayer.Branch> input = expressions.get(value);
    boolean readsLastLayerAlone =
        isPlain(input)
            && input.getFirst().operations().isEmpty()
            && input.getFirst().source() == layers.size()
            && readers[value] == 1
            && value > 0;
    if (!readsLastLayerAlone || !(layers.getLast() instanceof FloatLayer.Activation last)) {
      return Optional.empty();
    }
    // Monotone functions commute with the maximum, so window, ReLU and clip may come in any order.
    return switch (next) {
      case Layer.Relu relu -> Optional.of(last.with(true, last.clipMaximum(), last.window()));
      case Layer.MaxPool pool when last.window().isEmpty() ->
          Optional.of(last.with(last.relu(), last.clipMaximum(), Optional.of(pool.window())));
      case Layer.Clip clip when clip.minimum() == 0 && last.clipMaximum().isEmpty() ->
          Optional.of(last.with(true, finite(clip.maximum()), last.window()));
      case Layer.Activation other -> Optional.empty();
    };
  }

  private static OptionalDouble finite(double maximum) {
    return Double.isInfinite(maximum) ? OptionalDouble.empty() : OptionalDouble.of(maximum);
  }

  private List<FloatLayer.Branch> clip(Layer.Clip clip, List<FloatLayer.Branch> input)
      throws ModelFormatException {
    String name = clip.name();
    if (clip.minimum() == 0) {
      return emit(name, input, true, finite(clip.maximum()), Optional.empty());
    }
    if (Double.isInfinite(clip.minimum())) {
      // min(x, b) = b − max(b − x, 0)
      var mirrored = scale(name, -1, clip.maximum(), input);
      var positive = emit(name, mirrored, true, OptionalDouble.empty(), Optional.empty());
      return scale(name, -1, clip.maximum(), positive);
    }
    var shifted = scale(name, 1, -clip.minimum(), input);
    var clipped =
        emit(name, shifted, true, finite(clip.maximum() - clip.minimum()), Optional.empty());
    return scale(name, 1, clip.minimum(), clipped);
  }

  private List<FloatLayer.Branch> scale(
      String name, double factor, double shift, List<FloatLayer.Branch> expression)
      throws ModelFormatException {
    Shape shape = expression.getFirst().outputShape();
    double[] factors = new double[shape.channels()];
    double[] shifts = new double[shape.channels()];
    Arrays.fill(factors, factor);
    Arrays.fill(shifts, shift);
    return convolve(Convolution.channelwise(name, shape, factors, shifts), expression);
  }

  private List<FloatLayer.Branch> materialise(String name, List<FloatLayer.Branch> expression)
      throws ModelFormatException {
    return emit(name, expression, false, OptionalDouble.empty(), Optional.empty());
  }

  private List<FloatLayer.Branch> emit(
      String name,
      List<FloatLayer.Branch> expression,
      boolean relu,
      OptionalDouble clipMaximum,
      Optional<Window> window)
      throws ModelFormatException {
    emitAffine(name, expression);
    Shape shape = layers.getLast().outputShape();
    layers.add(new FloatLayer.Activation(name, shape, relu, clipMaximum, window));
    return anchor(layers.size());
  }

  private void emitAffine(String reader, List<FloatLayer.Branch> expression)
      throws ModelFormatException {
    Shape before = layers.isEmpty() ? model.inputShape() : layers.getLast().outputShape();
    String name = reader;
    List<FloatLayer.Branch> branches = new ArrayList<>();
    for (FloatLayer.Branch branch : expression) {
      branches.add(withoutPermutation(branch));
      for (Layer.Linear operation : branch.operations()) {
        name = operation instanceof Convolution ? operation.name() : name;
      }
    }
    Shape shape = expression.getFirst().outputShape();
    layers.add(new FloatLayer.Affine(name, before, shape, branches));
  }

  private FloatLayer.Branch withoutPermutation(FloatLayer.Branch branch)
      throws ModelFormatException {
    List<Layer.Linear> operations = branch.operations();
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i) instanceof Permutation permutation) {
        boolean last = i == operations.size() - 1;
        if (last
            && i > 0
            && operations.get(i - 1) instanceof Convolution convolution
            && convolution.outputShape().isVector()) {
          Convolution permuted = Merging.permuteOutputs(convolution, permutation);
          return reshape(
              new Layer.Reshape(
                  permutation.name(), permuted.outputShape(), permutation.outputShape()),
              branch.shorter().shorter().append(permuted));
        }
        throw new ModelFormatException(
            model.name(),
            permutation.name(),
            "Transpose",
            "moves values between layers that are not fully connected; supported is a Transpose"
                + " at the input or directly before or behind a fully connected layer");
      }
    }
    return branch;
  }
}
