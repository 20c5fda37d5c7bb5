package org.secolab.modelio.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.secolab.modelio.Choices;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;
import org.secolab.modelio.reference.FixedPointInterpreter;

@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class FixedPointEngineProperties {

  @Provide
  Arbitrary<FixedModel> models() {
    return RandomModels.models();
  }

  @Property(tries = 400)
  void engine_equalsInterpreterInEveryLayer(@ForAll("models") FixedModel model, @ForAll long seed) {
    long[] input = RandomModels.input(model, seed);
    List<long[]> expected = FixedPointInterpreter.runLayers(model, input);
    List<long[]> outputs = FixedPointEngine.runLayers(model, input);
    assertEquals(expected.size(), outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      assertArrayEquals(expected.get(i), outputs.get(i), "layer " + i);
    }
  }

  @Property(tries = 100)
  void sumPools_areEqual(@ForAll("pools") FixedSumPool pool, @ForAll long seed) {
    for (Modulus modulus : List.of(Modulus.powerOfTwo(5), Modulus.prime(65537))) {
      long[] input = new long[pool.inputShape().size()];
      for (int i = 0; i < input.length; i++) {
        input[i] = modulus.reduce(seed * (2 * i + 1));
      }
      assertArrayEquals(
          FixedPointInterpreter.apply(pool, modulus, input),
          FixedPointEngine.apply(pool, modulus, input));
    }
  }

  @Provide
  Arbitrary<FixedSumPool> pools() {
    return RandomModels.shapes()
        .flatMap(shape -> RandomModels.windows(shape).map(w -> new FixedSumPool(shape, w)));
  }

  @Property(tries = 20)
  void imagesOfSeveralBlocks_areEqual(@ForAll long seed) {
    Choices choices = new Choices(seed);
    Shape shape = new Shape(4, choices.between(20, 40), choices.between(26, 40));
    int groups = choices.of(1, 2, 4);
    Window window = Window.of(3, 2, 1, 1).withPadding(1, 0, 1, 1);
    FixedConvolution layer =
        new FixedConvolution(
            shape, window, groups, longs(choices, 8 * 4 / groups * 6), longs(choices, 8));
    for (Modulus modulus : List.of(Modulus.powerOfTwo(32), Modulus.powerOfTwo(48))) {
      long[] input = longs(choices, shape.size());
      for (int i = 0; i < input.length; i++) {
        input[i] = modulus.reduce(input[i]);
      }
      assertArrayEquals(
          FixedPointInterpreter.apply(layer, modulus, input),
          FixedPointEngine.apply(layer, modulus, input));
    }
  }

  private static long[] longs(Choices choices, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = choices.bits();
    }
    return values;
  }

  @Property(tries = 1)
  void largestResidues_doNotOverflow() {
    for (Modulus modulus :
        List.of(Modulus.powerOfTwo(62), Modulus.prime((1L << 50) - 27), Modulus.powerOfTwo(48))) {
      int n = 1000;
      long[] weights = new long[n];
      Arrays.fill(weights, modulus.value() - 1);
      FixedConvolution layer =
          FixedConvolution.fullyConnected(n, weights, new long[] {modulus.value() - 1});
      long[] input = new long[n];
      Arrays.fill(input, modulus.value() - 1);
      // (−1)·(−1) a thousand times, minus one.
      assertArrayEquals(new long[] {n - 1}, FixedPointEngine.apply(layer, modulus, input));
      assertArrayEquals(new long[] {n - 1}, FixedPointInterpreter.apply(layer, modulus, input));
    }
  }

  @Property(tries = 1)
  void handWorkedConvolution_hasTheseNumbers() {
    Shape in = new Shape(1, 2, 3);
    Window window = Window.of(2, 2, 1, 1).withPadding(0, 1, 0, 0);
    FixedConvolution layer =
        new FixedConvolution(in, window, 1, new long[] {1, 10, 100, 1000}, new long[] {7});
    long[] input = {1, 2, 3, 4, 5, 6};
    // Columns (0,1), (1,2), (2,3) above (0,4), (4,5), (5,6).
    long[] expected = {7 + 10 + 4000, 7 + 1 + 20 + 400 + 5000, 7 + 2 + 30 + 500 + 6000};
    Modulus modulus = Modulus.powerOfTwo(28);
    assertArrayEquals(expected, FixedPointInterpreter.apply(layer, modulus, input));
    assertArrayEquals(expected, FixedPointEngine.apply(layer, modulus, input));
  }

  @Property(tries = 1)
  void activation_roundsNegativeAndLargeValuesAsDefined() {
    Modulus modulus = Modulus.powerOfTwo(16);
    Shape shape = Shape.vector(5);
    FixedActivation truncation =
        new FixedActivation(
            "t", shape, false, 4, java.util.OptionalLong.empty(), java.util.Optional.empty());
    long[] input = {0, 31, 32767, 65535, 32768};
    long[] expected = {0, 1, 2047, 65535, 65536 - 2048};
    assertArrayEquals(expected, FixedPointInterpreter.apply(truncation, modulus, input));
    assertArrayEquals(expected, FixedPointEngine.apply(truncation, modulus, input));
    long[] positive = {0, 1, 2047, 0, 0};
    FixedActivation relu = FixedActivation.relu("r", shape, 4);
    assertArrayEquals(positive, FixedPointInterpreter.apply(relu, modulus, input));
    assertArrayEquals(positive, FixedPointEngine.apply(relu, modulus, input));
  }
}
