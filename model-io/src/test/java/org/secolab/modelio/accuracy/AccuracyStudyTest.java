package org.secolab.modelio.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.Shape;

class AccuracyStudyTest {

  /** Two outputs: 0.7·x and 0.25. */
  private static Model model() {
    Convolution layer =
        Convolution.fullyConnected("a", 1, new double[] {0.7, 0}, new double[] {0, 0.25});
    return new Model("m", Shape.vector(1), List.of(new Model.Node(layer, List.of(0))), List.of());
  }

  private static FixedModel fixed(int fractionBits, int ringBits) throws Exception {
    return Quantiser.quantise(
            model(), fractionBits, InputRange.UNIT, new RangePolicy.Explicit(ringBits))
        .model();
  }

  @Test
  void counts_areThoseWorkedOutByHand() throws Exception {
    List<float[]> inputs =
        List.of(new float[] {1}, new float[] {0.75f}, new float[] {0.25f}, new float[] {0.4f});
    // In float: 0, 0, 1, 0.
    AccuracyStudy study = new AccuracyStudy(model(), inputs, new int[] {0, 1, 1, 0});
    Accuracy fine = study.of(fixed(10, 40));
    assertEquals(4, fine.inputs());
    assertEquals(3, fine.floatCorrect());
    assertEquals(3, fine.fixedCorrect());
    assertEquals(4, fine.agreeing());
    assertEquals(2, fine.confusion().count(0, 0));
    assertEquals(1, fine.confusion().count(1, 0));
    assertEquals(1, fine.confusion().count(1, 1));
    assertEquals(0, fine.confusion().count(0, 1));
    assertTrue(fine.largestLogitError() < 0.001, fine.toString());
    // One fraction bit: 0.7 becomes 0.5 and 0.4 becomes 0.5, so 0.25 against 0.25: class 0 again;
    // 0.25 becomes 0.5 too, and its class 0.
    Accuracy coarse = study.of(fixed(1, 40));
    assertEquals(3, coarse.agreeing());
    assertEquals(2, coarse.fixedCorrect());
    assertEquals(50.0, coarse.fixedPercent());
    assertEquals(0.2, coarse.largestLogitError(), 1e-6);
  }

  @Test
  void ringThatIsTooSmall_costsAccuracy() throws Exception {
    Model mlp = BundledModels.open("mnist-mlp");
    AccuracyStudy study =
        new AccuracyStudy(mlp, BundledModels.testImages().tensors(), BundledModels.testLabels());
    Accuracy enough =
        study.of(Quantiser.quantise(mlp, 8, InputRange.UNIT, new RangePolicy.Proven()).model());
    Accuracy small =
        study.of(Quantiser.quantise(mlp, 8, InputRange.UNIT, new RangePolicy.Explicit(16)).model());
    assertEquals(100, enough.agreeing());
    assertTrue(small.agreeing() < 60, small.toString());
  }

  @Test
  void labelsThatDoNotFit_areRefused() {
    List<float[]> one = List.of(new float[] {1});
    assertThrows(
        IllegalArgumentException.class, () -> new AccuracyStudy(model(), one, new int[] {0, 1}));
    assertThrows(
        IllegalArgumentException.class, () -> new AccuracyStudy(model(), one, new int[] {2}));
    assertThrows(
        IllegalArgumentException.class, () -> new AccuracyStudy(model(), List.of(), new int[0]));
  }
}
