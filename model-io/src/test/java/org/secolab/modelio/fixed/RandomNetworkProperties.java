package org.secolab.modelio.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import org.secolab.modelio.Choices;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.onnx.OnnxReader;
import org.secolab.modelio.onnx.RandomNetworks;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.modelio.reference.FloatInterpreter;

/** Whole random networks, from the ONNX file to fixed point. */
@PropertyDefaults(tries = 600, edgeCases = EdgeCasesMode.NONE)
class RandomNetworkProperties {

  @Property
  void loweredNetwork_isTheSameFunction(@ForAll long seed) throws Exception {
    Model model = OnnxReader.read("random.onnx", RandomNetworks.file(seed));
    float[] input = input(seed);
    double[] expected = FloatInterpreter.run(model, input);
    double[] actual = run(Lowering.lower(model), input);
    assertArrayEquals(expected, actual, 1e-9);
  }

  @Property
  void quantisedNetwork_staysWithinItsBound(@ForAll long seed) throws Exception {
    Model model = OnnxReader.read("random.onnx", RandomNetworks.file(seed));
    int f = new Choices(seed).between(6, 12);
    FixedModel fixed =
        Quantiser.quantise(
                model, f, InputRange.SYMMETRIC, new RangePolicy.Explicit(Modulus.powerOfTwo(62)))
            .model();
    float[] input = input(seed);
    double[] expected = FloatInterpreter.run(model, input);
    long[] encoded = fixed.encodeInput(input);
    double[] actual = fixed.decodeOutput(FixedPointEngine.run(fixed, encoded));
    double[] bounds = QuantisationBound.of(fixed, encoded);
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(expected[i] - actual[i]);
      assertTrue(error <= bounds[i] + 1e-9, "error " + error + ", bound " + bounds[i]);
    }
  }

  @Property
  void provenBits_holdForEveryInput(@ForAll long seed) throws Exception {
    Model model = OnnxReader.read("random.onnx", RandomNetworks.file(seed));
    QuantisedModel quantised =
        Quantiser.quantise(
            model, 8, InputRange.SYMMETRIC, new RangePolicy.Explicit(Modulus.powerOfTwo(62)));
    FixedModel fixed = quantised.model();
    float[] input = input(seed);
    List<long[]> outputs = FixedPointEngine.runLayers(fixed, fixed.encodeInput(input));
    for (RangeReport.LayerRange range : quantised.ranges().layers()) {
      for (long residue : outputs.get(range.layer())) {
        double limit = Math.pow(2, range.provenBits() - 1);
        assertTrue(Math.abs(fixed.modulus().centered(residue)) <= limit, range.toString());
      }
    }
  }

  @Property
  void engine_equalsInterpreter(@ForAll long seed) throws Exception {
    Model model = OnnxReader.read("random.onnx", RandomNetworks.file(seed));
    Modulus modulus = new Choices(seed).of(RandomModels.MODULI);
    FixedModel fixed =
        Quantiser.quantise(model, 8, InputRange.SYMMETRIC, new RangePolicy.Explicit(modulus))
            .model();
    long[] input = fixed.encodeInput(input(seed));
    List<long[]> expected = FixedPointInterpreter.runLayers(fixed, input);
    List<long[]> actual = FixedPointEngine.runLayers(fixed, input);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "layer " + i);
    }
  }

  private static float[] input(long seed) {
    int[] shape = RandomNetworks.INPUT;
    return new Choices(~seed).reals(shape[0] * shape[1] * shape[2], -1, 1);
  }

  private static double[] run(List<FloatLayer> layers, float[] input) {
    List<double[]> values = new ArrayList<>();
    double[] wide = new double[input.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = input[i];
    }
    values.add(wide);
    for (FloatLayer layer : layers) {
      values.add(
          switch (layer) {
            case FloatLayer.Affine affine -> affine(affine, values);
            case FloatLayer.Activation activation -> activate(activation, values.getLast());
          });
    }
    return values.getLast();
  }

  private static double[] affine(FloatLayer.Affine layer, List<double[]> values) {
    double[] sum = new double[layer.outputShape().size()];
    for (FloatLayer.Branch branch : layer.branches()) {
      double[] value = values.get(branch.source());
      for (Layer.Linear operation : branch.operations()) {
        value = FloatInterpreter.apply(operation, List.of(value));
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += value[i];
      }
    }
    return sum;
  }

  private static double[] activate(FloatLayer.Activation layer, double[] input) {
    double[] value = input;
    if (layer.window().isPresent()) {
      value =
          FloatInterpreter.apply(
              new Layer.MaxPool("", layer.inputShape(), layer.window().get()), List.of(value));
    }
    double low = layer.relu() ? 0 : Double.NEGATIVE_INFINITY;
    double high = layer.clipMaximum().orElse(Double.POSITIVE_INFINITY);
    return FloatInterpreter.apply(
        new Layer.Clip("", layer.outputShape(), low, high), List.of(value));
  }
}
