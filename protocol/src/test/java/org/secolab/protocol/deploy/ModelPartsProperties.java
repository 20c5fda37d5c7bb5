package org.secolab.protocol.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

final class ModelPartsProperties {
  @Property(tries = 60)
  void joinedParts_areTheModel(
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll @IntRange(min = 2, max = 5) int remoteServers,
      @ForAll long seed) {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model = RandomNets.draw(depth, true, random.fork("net"));
    long[] input = RandomNets.input(model, random.fork("input"));
    for (int cut : model.validCuts()) {
      ModelParts parts =
          ModelParts.cut(model, new SplitPlan(cut, remoteServers), random.fork("cut " + cut));
      assertEquals(remoteServers, parts.remotes().size());
      assertArrayEquals(
          FixedPointInterpreter.run(model, input), FixedPointInterpreter.run(parts.join(), input));
    }
  }

  static List<long[]> numbers(FixedModel model) {
    List<long[]> numbers = new ArrayList<>();
    for (var layer : model.layers()) {
      if (layer instanceof FixedLinear linear) {
        linear.branches().stream()
            .flatMap(branch -> branch.operations().stream())
            .filter(FixedConvolution.class::isInstance)
            .map(FixedConvolution.class::cast)
            .forEach(
                convolution -> {
                  numbers.add(convolution.weights());
                  numbers.add(convolution.bias());
                });
      }
    }
    return numbers;
  }

  @Property(tries = 30)
  void noPart_holdsNumbersOfOthers(@ForAll long seed) {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model = RandomNets.draw(3, false, random.fork("net"));
    int cut = model.validCuts().get(1);
    ModelParts parts = ModelParts.cut(model, new SplitPlan(cut, 2), random.fork("cut"));
    assertTrue(numbers(parts.user()).stream().allMatch(ModelPartsProperties::isZero));
    List<long[]> gateway = numbers(parts.gateway());
    assertTrue(
        gateway.subList(cut, gateway.size()).stream().allMatch(ModelPartsProperties::isZero));
    for (FixedModel share : parts.remotes()) {
      assertTrue(numbers(share).subList(0, cut).stream().allMatch(ModelPartsProperties::isZero));
    }
  }

  static boolean isZero(long[] values) {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }

  @Test
  void eachShareAlone_isUniform() {
    SeededRandom random = SeededRandom.ofInsecureNumber(41);
    FixedModel model = RandomNets.draw(2, false, random.fork("net"));
    SplitPlan split = new SplitPlan(0, 3);
    for (int server = 0; server < 3; server++) {
      long[] counts = new long[16];
      for (int i = 0; i < 400; i++) {
        ModelParts parts = ModelParts.cut(model, split, random.fork(server + "." + i));
        for (long[] values : numbers(parts.remotes().get(server))) {
          for (long value : values) {
            counts[(int) (value >>> (model.modulus().bits() - 4))]++;
          }
        }
      }
      double[] expected = new double[16];
      Arrays.fill(expected, Arrays.stream(counts).sum() / 16.0);
      assertTrue(new ChiSquareTest().chiSquareTest(expected, counts) > 1e-6);
    }
  }
}
