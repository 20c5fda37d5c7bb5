package org.secolab.modelio.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/** The numbers the specification asks for, worked out by hand at f = 8. */
class QuantiserTest {
  private static final int F = 8;
  private static final Shape PIXELS = new Shape(1, 2, 2);

  @Test
  void hiddenLayer_hasScaledParametersAndHalfAUnitForTheShift() throws Exception {
    FixedModel model = quantise(connected("a", 2, 0.5, -1.25, 0.1), relu("r", 1), last("b", 1));
    FixedConvolution first = onlyConvolution(model, 1);
    assertArrayEquals(new long[] {128, -320}, first.weights());
    // round(0.1·2^16) = 6554, and 2^7 for the shift by 8.
    assertArrayEquals(new long[] {6554 + 128}, first.bias());
    assertEquals(8, ((FixedActivation) model.layer(2)).shift());
    assertEquals(16, model.outputScaleBits());
  }

  @Test
  void lastLayer_hasNoRoundingConstant() throws Exception {
    FixedModel model = quantise(connected("a", 2, 1, 1, 0.5));
    assertArrayEquals(new long[] {32768}, onlyConvolution(model, 1).bias());
  }

  @Test
  void halves_areRoundedUp() throws Exception {
    FixedModel model = quantise(connected("a", 1, 0.5, 0), relu("r", 1), last("b", 1));
    // 3/256 · 0.5 = 1.5/256, rounded to 2/256.
    long[] hidden = FixedPointEngine.runLayers(model, new long[] {3}).get(2);
    assertArrayEquals(new long[] {2}, hidden);
  }

  @Test
  void averagePool_isASumWhoseDivisionJoinsTheShift() throws Exception {
    Model model =
        new Model(
            "m",
            PIXELS,
            List.of(
                node(
                    Convolution.channelwise("c", PIXELS, new double[] {1}, new double[] {0.25}), 0),
                node(new Layer.AveragePool("p", PIXELS, Window.of(2, 2, 2, 2), true), 1),
                node(relu("r", 1), 2),
                node(last("b", 1), 3)),
            List.of());
    FixedModel fixed = quantise(model, new RangePolicy.Proven()).model();
    List<FixedOperation> operations =
        ((FixedLinear) fixed.layer(1)).branches().getFirst().operations();
    long bias =
        operations.stream()
            .filter(FixedConvolution.class::isInstance)
            .mapToLong(o -> ((FixedConvolution) o).bias()[0])
            .findFirst()
            .orElseThrow();
    FixedActivation relu = (FixedActivation) fixed.layer(2);
    assertEquals(10, relu.shift());
    boolean isPoolFirst = operations.getFirst() instanceof FixedSumPool;
    // Behind the pool the bias stands once at scale 2^18, before it four times at 2^16.
    assertEquals(isPoolFirst ? (1 << 16) + (1 << 9) : (1 << 14) + (1 << 7), bias);
    // (0 + 1 + 2 + 3)/4/256 + 0.25, rounded to nearest: 1.5 → 2.
    long[] hidden = FixedPointEngine.runLayers(fixed, new long[] {0, 1, 2, 3}).get(2);
    assertArrayEquals(new long[] {64 + 2}, hidden);
  }

  @Test
  void averageOverNine_multipliesTheRestOfTheDivisionIntoTheWeights() throws Exception {
    Shape nine = new Shape(1, 3, 3);
    Model model =
        new Model(
            "m",
            nine,
            List.of(
                node(new Layer.AveragePool("p", nine, Window.of(3, 3, 3, 3), true), 0),
                node(last("b", 1), 1)),
            List.of());
    FixedModel fixed = quantise(model, new RangePolicy.Proven()).model();
    // 8/9 in 1/256, and 2^3 left in the scale.
    assertArrayEquals(new long[] {228}, onlyConvolution(fixed, 1).weights());
    assertEquals(19, fixed.outputScaleBits());
  }

  @Test
  void residualSum_bringsBothBranchesToOneScaleAndRoundsOnce() throws Exception {
    Shape one = Shape.vector(1);
    Model model =
        new Model(
            "m",
            one,
            List.of(
                node(connected("a", 1, 0.5, 0), 0),
                node(new Layer.Sum("s", one), 0, 1),
                node(relu("r", 1), 2),
                node(last("b", 1), 3)),
            List.of());
    FixedModel fixed = quantise(model, new RangePolicy.Proven()).model();
    FixedLinear sum = (FixedLinear) fixed.layer(1);
    assertEquals(2, sum.branches().size());
    assertEquals(
        8, sum.branches().stream().mapToInt(FixedLinear.Branch::leftShift).max().getAsInt());
    // 3 + 1.5 = 4.5, rounded to 5.
    assertArrayEquals(new long[] {5}, FixedPointEngine.runLayers(fixed, new long[] {3}).get(2));
  }

  @Test
  void batchNormalisation_disappearsIntoTheConvolutionBeforeIt() throws Exception {
    Shape shape = Shape.vector(2);
    Model model =
        new Model(
            "m",
            shape,
            List.of(
                node(
                    Convolution.fullyConnected(
                        "a", 2, new double[] {1, 2, 3, 4}, new double[] {1, 1}),
                    0),
                node(
                    Convolution.channelwise(
                        "bn", shape, new double[] {2, 0.5}, new double[] {0, -1}),
                    1)),
            List.of());
    FixedModel fixed = quantise(model, new RangePolicy.Proven()).model();
    assertEquals(1, fixed.layers().size());
    assertArrayEquals(new long[] {512, 1024, 384, 512}, onlyConvolution(fixed, 1).weights());
    assertArrayEquals(new long[] {2 << 16, -1 << 15}, onlyConvolution(fixed, 1).bias());
  }

  @Test
  void clip_isAMinimumAtTheScaleOfActivations() throws Exception {
    Shape one = Shape.vector(1);
    FixedModel fixed =
        quantise(connected("a", 1, 100, 0), new Layer.Clip("relu6", one, 0, 6), last("b", 1));
    assertEquals(OptionalLong.of(6 << F), ((FixedActivation) fixed.layer(2)).clipMaximum());
    assertArrayEquals(
        new long[] {6 << F}, FixedPointEngine.runLayers(fixed, new long[] {255}).get(2));
  }

  @Test
  void provenPolicy_takesTheSmallestRingThatCannotWrap() throws Exception {
    // |acc| ≤ 2^8·2^8·w: 17 bits and the logarithm of w.
    assertEquals(28, ring(connected("a", 1, 1000, 0)));
    assertEquals(28, ring(connected("a", 1, (1 << 11) - 1, 0)));
    assertEquals(32, ring(connected("a", 1, 1 << 11, 0)));
    assertEquals(40, ring(connected("a", 1, 1 << 15, 0)));
    assertEquals(48, ring(connected("a", 1, 1 << 23, 0)));
  }

  private static int ring(Convolution layer) throws ModelFormatException {
    return quantise(layer).modulus().bits();
  }

  @Test
  void modelBeyondTheMenu_isRefusedWithItsBits() {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> quantise(connected("a", 1, 1L << 31, 0)));
    assertTrue(e.getMessage().contains("48") && e.getMessage().contains("48.1"), e.getMessage());
  }

  @Test
  void calibratedPolicy_followsTheDataAndSaysThatNothingIsProven() throws Exception {
    Model model =
        new Model("m", Shape.vector(1), List.of(node(connected("a", 1, 1 << 15, 0), 0)), List.of());
    QuantisedModel small =
        quantise(model, new RangePolicy.Calibrated(List.of(new float[] {0.004f}), 1));
    assertEquals(28, small.model().modulus().bits());
    assertFalse(small.ranges().isProven());
    assertEquals(24, small.ranges().observedBits().getAsDouble(), 0.5);
    QuantisedModel large =
        quantise(model, new RangePolicy.Calibrated(List.of(new float[] {0.004f}), 8));
    assertEquals(40, large.model().modulus().bits());
    assertTrue(large.ranges().isProven());
  }

  @Test
  void explicitPolicy_isObeyedAndReported() throws Exception {
    Model model =
        new Model("m", Shape.vector(1), List.of(node(connected("a", 1, 1000, 0), 0)), List.of());
    QuantisedModel tight = quantise(model, new RangePolicy.Explicit(20));
    assertEquals(20, tight.model().modulus().bits());
    assertFalse(tight.ranges().isProven());
    QuantisedModel prime = quantise(model, new RangePolicy.Explicit(Modulus.prime(2061584302081L)));
    assertTrue(prime.ranges().isProven());
  }

  @Test
  void givenModulus_isTakenIfItsJudgeAgrees() throws Exception {
    // 40.9 bits: what needs 40.1 fits, what needs 41.1 does not.
    Modulus prime = Modulus.prime(2061584302081L);
    RangePolicy proven = new RangePolicy.Given(prime, new RangePolicy.Proven());
    Model fits =
        new Model("m", Shape.vector(1), List.of(node(connected("a", 1, 1 << 23, 0), 0)), List.of());
    assertEquals(prime, quantise(fits, proven).model().modulus());
    Model large =
        new Model("m", Shape.vector(1), List.of(node(connected("a", 1, 1 << 24, 0), 0)), List.of());
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> quantise(large, proven));
    assertTrue(e.getMessage().contains("modulus 2061584302081"), e.getMessage());
    RangePolicy calibrated =
        new RangePolicy.Given(prime, new RangePolicy.Calibrated(List.of(new float[] {0.004f}), 1));
    QuantisedModel observed = quantise(large, calibrated);
    assertEquals(prime, observed.model().modulus());
    assertFalse(observed.ranges().isProven());
    assertTrue(observed.ranges().observedBits().isPresent());
  }

  @Test
  void inputs_areRoundedAndChecked() throws Exception {
    FixedModel model = quantise(connected("a", 2, 1, 1, 0));
    assertArrayEquals(new long[] {128, 1}, model.encodeInput(new float[] {0.5f, 0.003f}));
    assertThrows(IllegalArgumentException.class, () -> model.encodeInput(new float[] {0.5f, 1.5f}));
    assertThrows(IllegalArgumentException.class, () -> model.encodeInput(new float[] {0.5f}));
    long minusHalf = model.modulus().reduce(-(1 << 15));
    assertArrayEquals(new double[] {-0.5}, model.decodeOutput(new long[] {minusHalf}));
  }

  @Test
  void hugeParameters_areRefusedWithTheLayersName() {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> quantise(connected("wide", 1, 1e30, 0)));
    assertTrue(e.getMessage().contains("wide"), e.getMessage());
  }

  @Test
  void cuts_standBehindActivations_andMoreCrossesThemInsideResidualBlocks() throws Exception {
    Shape one = Shape.vector(1);
    Model model =
        new Model(
            "m",
            one,
            List.of(
                node(connected("a", 1, 1, 0), 0),
                node(relu("r", 1), 1),
                node(connected("b", 1, 1, 0), 2),
                node(relu("s", 1), 3),
                node(connected("c", 1, 1, 0), 4),
                node(new Layer.Sum("sum", one), 2, 5),
                node(relu("t", 1), 6),
                node(last("d", 1), 7)),
            List.of());
    FixedModel fixed = quantise(model, new RangePolicy.Proven()).model();
    assertEquals(List.of(0, 2, 4, 6, 7), fixed.validCuts());
    assertEquals(
        List.of(List.of(0), List.of(2), List.of(2, 4), List.of(6), List.of()),
        fixed.validCuts().stream().map(fixed::crossing).toList());
  }

  private static Convolution connected(String name, int inputs, double... weightsAndBias) {
    double[] weights = Arrays.copyOf(weightsAndBias, inputs);
    return Convolution.fullyConnected(name, inputs, weights, new double[] {weightsAndBias[inputs]});
  }

  private static Convolution last(String name, int inputs) {
    double[] ones = new double[inputs];
    Arrays.fill(ones, 1);
    return Convolution.fullyConnected(name, inputs, ones, new double[1]);
  }

  private static Layer.Relu relu(String name, int size) {
    return new Layer.Relu(name, Shape.vector(size));
  }

  private static Model.Node node(Layer layer, Integer... inputs) {
    return new Model.Node(layer, List.of(inputs));
  }

  /** Layers one behind the other. */
  private static FixedModel quantise(Layer... layers) throws ModelFormatException {
    List<Model.Node> nodes = new java.util.ArrayList<>();
    for (Layer layer : layers) {
      nodes.add(node(layer, nodes.size()));
    }
    Shape input = assertInstanceOf(Convolution.class, layers[0]).inputShape();
    return quantise(new Model("m", input, nodes, List.of()), new RangePolicy.Proven()).model();
  }

  private static QuantisedModel quantise(Model model, RangePolicy policy)
      throws ModelFormatException {
    return Quantiser.quantise(model, F, InputRange.UNIT, policy);
  }

  private static FixedConvolution onlyConvolution(FixedModel model, int layer) {
    List<FixedConvolution> convolutions =
        ((FixedLinear) model.layer(layer))
            .branches().stream()
                .flatMap(branch -> branch.operations().stream())
                .filter(FixedConvolution.class::isInstance)
                .map(FixedConvolution.class::cast)
                .toList();
    assertEquals(1, convolutions.size());
    return convolutions.getFirst();
  }
}
