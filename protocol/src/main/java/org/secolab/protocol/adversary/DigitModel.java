package org.secolab.protocol.adversary;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Preprocessing;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.deploy.UniformResidues;

/**
 * A handwritten digit and a network that begins with a linear layer and a ReLU; a small random
 * layer stands for the rest.
 */
final class DigitModel {
  private static final String NETWORK = "mnist-minionn";
  private static final Shape DIGIT_SHAPE = new Shape(1, 28, 28);
  private static final int FRACTION_BITS = 9;
  private static final int OUTPUTS = 2;

  final FixedModel model;

  /** Pixels in [0, 1]. */
  final float[] image;

  private final FixedLinear linear;
  private final FixedActivation activation;

  private DigitModel(FixedModel model, float[] image) {
    this.model = model;
    this.image = image;
    if (!(model.layer(1) instanceof FixedLinear first)
        || !(model.layer(2) instanceof FixedActivation second)) {
      throw new AssertionError("the network begins with a linear layer and a ReLU");
    }
    linear = first;
    activation = second;
  }

  /** The digit as it is, and the first two layers of the bundled network that reads it. */
  static DigitModel ofBundledNetwork(int digit, RandomSource random) {
    try {
      FixedModel whole =
          Quantiser.quantise(
                  BundledModels.open(NETWORK),
                  FRACTION_BITS,
                  InputRange.UNIT,
                  new RangePolicy.Proven())
              .model();
      return new DigitModel(
          model(whole.modulus(), DIGIT_SHAPE, whole.layers().subList(0, 2), random), pixels(digit));
    } catch (ModelFormatException e) {
      throw new AssertionError("bundled models can be read", e);
    }
  }

  /** The digit at half its size, and four random filters of 3 × 3. */
  static DigitModel small(int digit, Modulus modulus, RandomSource random) {
    Shape shape = new Shape(1, DIGIT_SHAPE.height() / 2, DIGIT_SHAPE.width() / 2);
    FixedConvolution filters =
        new FixedConvolution(
            shape,
            Window.of(3, 3, 1, 1).withPadding(1, 1, 1, 1),
            1,
            numbers(4 * 9, random),
            new long[4]);
    FixedLinear first =
        new FixedLinear(
            "filters",
            shape,
            filters.outputShape(),
            List.of(new FixedLinear.Branch(0, 0, List.of(filters))));
    List<FixedLayer> layers =
        List.of(first, FixedActivation.relu("relu", filters.outputShape(), FRACTION_BITS));
    float[] large = pixels(digit);
    float[] image = new float[shape.size()];
    for (int i = 0; i < large.length; i++) {
      int y = i / DIGIT_SHAPE.width() / 2;
      int x = i % DIGIT_SHAPE.width() / 2;
      image[y * shape.width() + x] += large[i] / 4;
    }
    return new DigitModel(model(modulus, shape, layers, random), image);
  }

  /** {@code begin}, and a fully connected layer behind it. */
  private static FixedModel model(
      Modulus modulus, Shape input, List<FixedLayer> begin, RandomSource random) {
    Shape shape = begin.getLast().outputShape();
    Shape flat = Shape.vector(shape.size());
    List<FixedOperation> operations =
        List.of(
            new FixedReshape(shape, flat),
            FixedConvolution.fullyConnected(
                flat.size(), numbers(OUTPUTS * flat.size(), random), new long[OUTPUTS]));
    List<FixedLayer> layers = new ArrayList<>(begin);
    layers.add(
        new FixedLinear(
            "last",
            shape,
            Shape.vector(OUTPUTS),
            List.of(new FixedLinear.Branch(2, 0, operations))));
    return new FixedModel(
        "digit", modulus, FRACTION_BITS, input, InputRange.UNIT, layers, 2 * FRACTION_BITS);
  }

  /** Weights from −1 to 1. */
  private static long[] numbers(int count, RandomSource random) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt((2 << FRACTION_BITS) + 1) - (1L << FRACTION_BITS);
    }
    return numbers;
  }

  private static float[] pixels(int digit) {
    String name = "digit-" + digit + ".png";
    try (InputStream in = BundledModels.digit(digit)) {
      return InputReader.readImage(in, name, DIGIT_SHAPE, Preprocessing.UNIT);
    } catch (InputFormatException | IOException e) {
      throw new AssertionError("bundled digits can be read", e);
    }
  }

  /** The image as residues. */
  long[] input() {
    return model.encodeInput(image);
  }

  /** What the ReLU gives for the image. */
  long[] activations() {
    return FixedPointInterpreter.runLayers(model, input()).get(2);
  }

  /** A server's mask of these activations in the first inference, from its random tape. */
  long[] mask(RandomSource tape) {
    return UniformResidues.draw(
        activation.outputShape().size(), model.modulus(), tape.fork("inference 0").fork("masks"));
  }

  /** Inverts linear layer and ReLU, and compares with the image. */
  Reconstruction invert(long[] activations) {
    double[] values = new double[activations.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = model.modulus().centered(activations[i]);
    }
    double[] found = new Inversion(model, linear, activation.shift()).invert(values);
    return Reconstruction.of(found, image);
  }
}
