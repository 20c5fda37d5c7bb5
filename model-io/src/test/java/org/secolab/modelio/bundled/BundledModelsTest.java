package org.secolab.modelio.bundled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Inputs;
import org.secolab.modelio.input.Preprocessing;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.modelio.reference.FloatInterpreter;

class BundledModelsTest {

  static List<String> names() {
    return BundledModels.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void floatInterpreter_agreesWithPyTorch(String name) throws Exception {
    Model model = BundledModels.open(name);
    List<float[]> images = BundledModels.testImages().tensors();
    List<float[]> expected = BundledModels.referenceLogits(name);
    for (int n = 0; n < 8; n++) {
      double[] logits = FloatInterpreter.run(model, images.get(n));
      for (int i = 0; i < logits.length; i++) {
        assertEquals(expected.get(n)[i], logits[i], 1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void nineFractionBits_stayWithinATenthOfPyTorch(String name) throws Exception {
    assertClose(name, 9, 0.1);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eightFractionBits_stayWithinAQuarterOfPyTorch(String name) throws Exception {
    assertClose(name, 8, 0.25);
  }

  private static void assertClose(String name, int fractionBits, double tolerance)
      throws Exception {
    FixedModel model =
        Quantiser.quantise(
                BundledModels.open(name), fractionBits, InputRange.UNIT, new RangePolicy.Proven())
            .model();
    List<float[]> images = BundledModels.testImages().tensors();
    List<float[]> expected = BundledModels.referenceLogits(name);
    for (int n = 0; n < expected.size(); n++) {
      long[] output = FixedPointEngine.run(model, model.encodeInput(images.get(n)));
      double[] logits = model.decodeOutput(output);
      for (int i = 0; i < logits.length; i++) {
        assertEquals(expected.get(n)[i], logits[i], tolerance, "image " + n + ", logit " + i);
      }
      assertEquals(largest(expected.get(n)), largest(logits), "image " + n);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void quantised_classifiesTestImages(String name) throws Exception {
    FixedModel model = quantised(name).model();
    List<float[]> images = BundledModels.testImages().tensors();
    int[] labels = BundledModels.testLabels();
    int correct = 0;
    for (int n = 0; n < labels.length; n++) {
      long[] output = FixedPointEngine.run(model, model.encodeInput(images.get(n)));
      correct += largest(model.decodeOutput(output)) == labels[n] ? 1 : 0;
    }
    assertEquals(100, labels.length);
    assertTrue(correct >= 97, correct + " of 100");
  }

  @ParameterizedTest
  @MethodSource("names")
  void engine_equalsInterpreterInEveryLayer(String name) throws Exception {
    FixedModel model = quantised(name).model();
    long[] input = model.encodeInput(BundledModels.testImages().tensors().getFirst());
    List<long[]> expected = FixedPointInterpreter.runLayers(model, input);
    List<long[]> outputs = FixedPointEngine.runLayers(model, input);
    assertEquals(model.layers().size() + 1, outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      org.junit.jupiter.api.Assertions.assertArrayEquals(
          expected.get(i), outputs.get(i), "layer " + i);
    }
  }

  @Test
  void provenRings_areThoseOfTheDesign() throws Exception {
    assertProven("mnist-mlp", 28, 27.2);
    assertProven("mnist-minionn", 28, 27.6);
    assertProven("mnist-lenet", 32, 28.98);
  }

  private static void assertProven(String name, int ring, double bits) throws Exception {
    QuantisedModel quantised = quantised(name);
    assertEquals(ring, quantised.model().modulus().bits(), name);
    assertEquals(bits, quantised.ranges().provenBits(), 0.2, name);
    assertTrue(quantised.ranges().isProven(), name);
  }

  @Test
  void networks_haveTheLayersThePaperCounts() throws Exception {
    assertEquals(5, quantised("mnist-mlp").model().layers().size());
    assertEquals(7, quantised("mnist-minionn").model().layers().size());
    assertEquals(7, quantised("mnist-minionn-maxpool").model().layers().size());
    assertEquals(List.of(0, 2, 4, 5), quantised("mnist-mlp").model().validCuts());
  }

  @Test
  void digits_areRecognised() throws Exception {
    FixedModel model = quantised("mnist-lenet").model();
    for (int digit = 0; digit < 10; digit++) {
      try (InputStream in = BundledModels.digit(digit)) {
        float[] image =
            InputReader.readImage(in, "digit", new Shape(1, 28, 28), Preprocessing.UNIT);
        long[] output = FixedPointEngine.run(model, model.encodeInput(image));
        assertEquals(digit, largest(model.decodeOutput(output)));
      }
    }
  }

  @Test
  void digitPicture_isItsImageInTheTestSet() throws Exception {
    // The first test image is a seven.
    Inputs images = BundledModels.testImages();
    assertEquals(100, images.tensors().size());
    assertEquals(7, BundledModels.testLabels()[0]);
    try (InputStream in = BundledModels.digit(7)) {
      float[] picture =
          InputReader.readImage(in, "digit", new Shape(1, 28, 28), Preprocessing.UNIT);
      assertTrue(
          images.tensors().stream().anyMatch(image -> java.util.Arrays.equals(image, picture)));
    }
  }

  @Test
  void unknownName_isRefusedWithTheList() {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> BundledModels.open("vgg16"));
    assertTrue(e.getMessage().contains("mnist-lenet"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> BundledModels.digit(10));
  }

  private static QuantisedModel quantised(String name) throws ModelFormatException {
    return Quantiser.quantise(
        BundledModels.open(name), 8, InputRange.UNIT, new RangePolicy.Proven());
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
