package org.secolab.protocol.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.FixedSumPool;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;
import org.secolab.protocol.deploy.UniformResidues;

/**
 * Small random networks: fully connected layers, convolutions with kernels, strides, paddings and
 * groups, window sums, max-pools, clipped rectifiers, shortcuts. Their values wrap freely.
 */
public final class RandomNets {
  private RandomNets() {}

  /** A network of {@code depth} linear layers; {@code residual}: with a shortcut where it fits. */
  public static FixedModel draw(int depth, boolean residual, RandomSource random) {
    return draw(depth, residual, Modulus.powerOfTwo(12 + random.nextInt(17)), random);
  }

  /** The same model, giving away the class only, if it has several. */
  public static FixedModel revealingLabel(FixedModel model) {
    return model.outputShape().size() > 1 ? model.revealingLabel() : model;
  }

  /** The same modulo {@code modulus}. */
  public static FixedModel draw(int depth, boolean residual, Modulus modulus, RandomSource random) {
    Shape input = new Shape(1 + random.nextInt(2), 3 + random.nextInt(3), 3 + random.nextInt(3));
    List<FixedLayer> layers = new ArrayList<>();
    Shape shape = input;
    boolean shortcut = false;
    for (int i = 0; i < depth; i++) {
      int number = layers.size() + 1;
      boolean last = i == depth - 1;
      FixedLinear linear;
      if (residual && !last && number > 1 && !shortcut) {
        linear = withShortcut(number, shape, random);
        shortcut = true;
      } else {
        linear = linear(number, shape, last, random);
      }
      layers.add(linear);
      shape = linear.outputShape();
      if (!last || random.nextInt(4) == 0) {
        FixedActivation activation = activation(number + 1, shape, random);
        layers.add(activation);
        shape = activation.outputShape();
      }
    }
    return new FixedModel("random", modulus, 4, input, InputRange.UNIT, layers, 8);
  }

  /** Fully connected layers of these sizes, ReLUs between them. */
  public static FixedModel fullyConnected(int[] sizes, RandomSource random) {
    List<FixedLayer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      int number = layers.size() + 1;
      Shape in = Shape.vector(sizes[i - 1]);
      Shape out = Shape.vector(sizes[i]);
      FixedConvolution matrix =
          FixedConvolution.fullyConnected(
              sizes[i - 1], numbers(sizes[i] * sizes[i - 1], random), numbers(sizes[i], random));
      layers.add(
          new FixedLinear(
              "linear" + number,
              in,
              out,
              List.of(new FixedLinear.Branch(number - 1, 0, List.of(matrix)))));
      if (i < sizes.length - 1) {
        layers.add(FixedActivation.relu("activation" + (number + 1), out, 2));
      }
    }
    return new FixedModel(
        "fully connected",
        Modulus.powerOfTwo(20),
        4,
        Shape.vector(sizes[0]),
        InputRange.UNIT,
        layers,
        8);
  }

  /**
   * {@code depth} fully connected layers of random sizes that also read tensors from further back:
   * through weights or, where sizes are the same, as they are.
   */
  public static FixedModel withShortcuts(int depth, RandomSource random) {
    return withShortcuts(depth, Modulus.powerOfTwo(12 + random.nextInt(17)), random);
  }

  /** The same modulo {@code modulus}. */
  public static FixedModel withShortcuts(int depth, Modulus modulus, RandomSource random) {
    List<Shape> tensors = new ArrayList<>(List.of(Shape.vector(2 + random.nextInt(3))));
    List<FixedLayer> layers = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      int number = layers.size() + 1;
      Shape out = Shape.vector(2 + random.nextInt(3));
      List<FixedLinear.Branch> branches = new ArrayList<>();
      for (int source = 0; source < number; source += 2) {
        Shape in = tensors.get(source / 2);
        boolean before = source == number - 1;
        if (!before && in.equals(out) && random.nextInt(2) == 0) {
          branches.add(new FixedLinear.Branch(source, random.nextInt(3), List.of()));
        } else if (before || random.nextInt(3) == 0) {
          FixedConvolution matrix =
              FixedConvolution.fullyConnected(
                  in.size(), numbers(out.size() * in.size(), random), numbers(out.size(), random));
          branches.add(new FixedLinear.Branch(source, 0, List.of(matrix)));
        }
      }
      layers.add(new FixedLinear("linear" + number, tensors.getLast(), out, branches));
      if (i < depth - 1) {
        layers.add(activation(number + 1, out, random));
        tensors.add(out);
      }
    }
    return new FixedModel("shortcuts", modulus, 4, tensors.getFirst(), InputRange.UNIT, layers, 8);
  }

  /** An input, uniform modulo t. */
  public static long[] input(FixedModel model, RandomSource random) {
    return UniformResidues.draw(model.inputShape().size(), model.modulus(), random);
  }

  private static FixedLinear linear(int number, Shape in, boolean last, RandomSource random) {
    List<FixedOperation> operations = new ArrayList<>();
    Shape shape = in;
    if (!last && in.height() > 1 && in.width() > 1 && random.nextInt(3) > 0) {
      if (random.nextInt(4) == 0) {
        shape = add(operations, new FixedSumPool(shape, Window.of(2, 2, 1, 1)));
      }
      shape = add(operations, convolution(shape, random));
      if (shape.height() > 1 && shape.width() > 1 && random.nextInt(3) == 0) {
        shape = add(operations, new FixedSumPool(shape, Window.of(2, 2, 2, 1)));
      }
    } else {
      shape = add(operations, new FixedReshape(shape, Shape.vector(shape.size())));
      int outputs = 1 + random.nextInt(5);
      shape =
          add(
              operations,
              FixedConvolution.fullyConnected(
                  shape.size(), numbers(outputs * shape.size(), random), numbers(outputs, random)));
    }
    return new FixedLinear(
        "linear" + number, in, shape, List.of(new FixedLinear.Branch(number - 1, 0, operations)));
  }

  /** y = conv(x) + x·2^k: the shape stays. */
  private static FixedLinear withShortcut(int number, Shape in, RandomSource random) {
    int channels = in.channels();
    FixedConvolution convolution =
        new FixedConvolution(
            in, Window.POINT, 1, numbers(channels * channels, random), numbers(channels, random));
    return new FixedLinear(
        "residual" + number,
        in,
        in,
        List.of(
            new FixedLinear.Branch(number - 1, 0, List.of(convolution)),
            new FixedLinear.Branch(number - 1, random.nextInt(4), List.of())));
  }

  private static FixedConvolution convolution(Shape in, RandomSource random) {
    int groups = in.channels() == 2 && random.nextInt(3) == 0 ? 2 : 1;
    int outputs = groups * (1 + random.nextInt(2));
    Window window =
        Window.of(
                1 + random.nextInt(Math.min(3, in.height())),
                1 + random.nextInt(Math.min(3, in.width())),
                1 + random.nextInt(2),
                1 + random.nextInt(2))
            .withPadding(
                random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2));
    return new FixedConvolution(
        in,
        window,
        groups,
        numbers(outputs * in.channels() / groups * window.kernelSize(), random),
        numbers(outputs, random));
  }

  private static FixedActivation activation(int number, Shape in, RandomSource random) {
    boolean pooled = in.height() > 1 && in.width() > 1 && random.nextInt(3) == 0;
    boolean relu = !pooled || random.nextInt(2) == 0;
    return new FixedActivation(
        "activation" + number,
        in,
        relu,
        random.nextInt(5),
        random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(200)) : OptionalLong.empty(),
        pooled ? Optional.of(Window.of(2, 2, 1, 2)) : Optional.empty());
  }

  private static Shape add(List<FixedOperation> operations, FixedOperation operation) {
    operations.add(operation);
    return operation.outputShape();
  }

  /** Signed numbers of up to 7 bits. */
  private static long[] numbers(int count, RandomSource random) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(129) - 64;
    }
    return numbers;
  }
}
