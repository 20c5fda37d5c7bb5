package org.secolab.modelio.accuracy;

import java.util.List;
import java.util.stream.IntStream;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.reference.FloatInterpreter;

/**
 * Labelled inputs and what the float network makes of them, to hold fixed-point networks against.
 */
public final class AccuracyStudy {
  private final List<float[]> inputs;
  private final int[] labels;
  private final int classes;
  private final List<double[]> floatLogits;

  /**
   * Runs the float network.
   *
   * @param inputs at least one
   * @param labels as many, each a number of an output
   */
  public AccuracyStudy(Model model, List<float[]> inputs, int[] labels) {
    this.inputs = List.copyOf(inputs);
    this.labels = labels.clone();
    this.classes = model.outputShape().size();
    if (inputs.isEmpty() || inputs.size() != labels.length) {
      throw new IllegalArgumentException(
          "expected inputs and as many labels, got " + inputs.size() + " and " + labels.length);
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "expected labels from 0 to " + (classes - 1) + ", got " + label);
      }
    }
    this.floatLogits =
        this.inputs.parallelStream().map(input -> FloatInterpreter.run(model, input)).toList();
  }

  /** How a fixed-point form of the model does. */
  public Accuracy of(FixedModel model) {
    List<double[]> logits =
        inputs.parallelStream()
            .map(input -> model.decodeOutput(FixedPointEngine.run(model, model.encodeInput(input))))
            .toList();
    int[] predictions = predictions(logits);
    int[] floatPredictions = predictions(floatLogits);
    double error = 0;
    for (int i = 0; i < logits.size(); i++) {
      for (int c = 0; c < classes; c++) {
        error = Math.max(error, Math.abs(logits.get(i)[c] - floatLogits.get(i)[c]));
      }
    }
    return new Accuracy(
        labels.length,
        matches(floatPredictions, labels),
        matches(predictions, labels),
        matches(predictions, floatPredictions),
        error,
        new ConfusionMatrix(classes, labels, predictions));
  }

  private static int[] predictions(List<double[]> logits) {
    return logits.stream().mapToInt(AccuracyStudy::largest).toArray();
  }

  /** The index of the largest value; of equal ones the first. */
  public static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static int matches(int[] a, int[] b) {
    return (int) IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count();
  }
}
