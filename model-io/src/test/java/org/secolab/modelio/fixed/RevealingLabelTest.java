package org.secolab.modelio.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.reference.FixedPointInterpreter;

final class RevealingLabelTest {
  private static final Modulus MODULUS = Modulus.powerOfTwo(10);
  private static final Shape SHAPE = Shape.vector(4);

  /** Passes its input through; behind a rectifier, if asked for. */
  private static FixedModel model(boolean endsInActivation) {
    FixedLinear same =
        new FixedLinear("same", SHAPE, SHAPE, List.of(new FixedLinear.Branch(0, 0, List.of())));
    FixedActivation relu = FixedActivation.relu("relu", SHAPE, 0);
    return new FixedModel(
        "model",
        MODULUS,
        4,
        SHAPE,
        InputRange.UNIT,
        endsInActivation ? List.of(same, relu) : List.of(same),
        8);
  }

  private static long label(FixedModel model, long... scores) {
    long[] residues = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      residues[i] = MODULUS.reduce(scores[i]);
    }
    long[] defined = FixedPointInterpreter.run(model, residues);
    assertArrayEquals(defined, FixedPointEngine.runLayers(model, residues).getLast());
    assertEquals(1, defined.length);
    return defined[0];
  }

  @Test
  void label_isTheFirstOfTheLargestSignedScores() {
    FixedModel model = model(false).revealingLabel();
    assertEquals(2, label(model, -5, 3, 7, 1));
    assertEquals(1, label(model, 3, 7, 7, 7));
    assertEquals(3, label(model, -4, -3, -2, -1));
    assertEquals(0, label(model, 0, 0, 0, 0));
    assertEquals(0, label(model, 511, -512, 510, -1));
  }

  @Test
  void modelThatEndsInAnActivation_decidesBehindIt() {
    FixedModel model = model(true).revealingLabel();
    assertEquals(4, model.layers().size());
    assertEquals(0, label(model, -5, -3, -7, -1), "all are zero behind the rectifier");
    assertEquals(3, label(model, -5, 1, 1, 2));
  }

  @Test
  void labelModel_saysWhatItsOutputIs_andStaysItself() {
    FixedModel model = model(false).revealingLabel();
    assertTrue(model.revealsLabel() && model.format().revealsLabel());
    assertArrayEquals(new double[] {3}, model.decodeOutput(new long[] {3}));
    assertEquals(model, model.revealingLabel());
  }

  @Test
  void decisionBeforeTheEnd_orOnOneScore_isRefused() {
    FixedModel model = model(false).revealingLabel();
    List<FixedLayer> more = new java.util.ArrayList<>(model.layers());
    Shape one = Shape.vector(1);
    more.add(new FixedLinear("more", one, one, List.of(new FixedLinear.Branch(2, 0, List.of()))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FixedModel("model", MODULUS, 4, SHAPE, InputRange.UNIT, more, 8));
    assertThrows(IllegalArgumentException.class, () -> new FixedArgmax("label", one));
  }
}
