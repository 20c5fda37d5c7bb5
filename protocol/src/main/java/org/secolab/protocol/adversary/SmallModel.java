package org.secolab.protocol.adversary;

import java.util.List;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * The model that labs attack: a convolution with 144 weights on the gateway, ReLU, the cut, and
 * another such convolution behind it, on 4 channels of 6 × 6 values modulo 2^28.
 */
final class SmallModel {
  static final int CUT = 2;
  static final int BEFORE_CUT = 1;
  static final int BEHIND_CUT = 3;

  private static final Shape SHAPE = new Shape(4, 6, 6);
  private static final int FRACTION_BITS = 4;
  private static final Modulus MODULUS = Modulus.powerOfTwo(28);

  private SmallModel() {}

  static FixedModel draw(RandomSource random) {
    List<FixedLayer> layers =
        List.of(
            layer(BEFORE_CUT, random),
            FixedActivation.relu("relu", SHAPE, FRACTION_BITS),
            layer(BEHIND_CUT, random));
    return new FixedModel(
        "small", MODULUS, FRACTION_BITS, SHAPE, InputRange.UNIT, layers, 2 * FRACTION_BITS);
  }

  private static FixedLinear layer(int number, RandomSource random) {
    FixedConvolution convolution =
        new FixedConvolution(
            SHAPE,
            Window.of(3, 3, 1, 1).withPadding(1, 1, 1, 1),
            1,
            numbers(144, random),
            numbers(4, random));
    return new FixedLinear(
        "conv" + number,
        SHAPE,
        SHAPE,
        List.of(new FixedLinear.Branch(number - 1, 0, List.of(convolution))));
  }

  /** The convolution of layer {@code number}, with the numbers of {@code model}. */
  static FixedConvolution convolution(FixedModel model, int number) {
    if (model.layer(number) instanceof FixedLinear linear
        && linear.branches().getFirst().operations().getFirst()
            instanceof FixedConvolution convolution) {
      return convolution;
    }
    throw new AssertionError("layer " + number + " of the small model is a convolution");
  }

  /** The weights of layer {@code number} as residues. */
  static long[] weights(FixedModel model, int number) {
    long[] weights = convolution(model, number).weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = model.modulus().reduce(weights[i]);
    }
    return weights;
  }

  /** An input of small positive values, as pixels are. */
  static long[] input(RandomSource random) {
    long[] input = new long[SHAPE.size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextInt(1 << FRACTION_BITS);
    }
    return input;
  }

  private static long[] numbers(int count, RandomSource random) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(129) - 64L;
    }
    return numbers;
  }
}
