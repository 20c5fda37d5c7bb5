package org.secolab.repro.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedFormat;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/**
 * A run and its comparison with plaintext.
 *
 * @param model what was computed
 * @param inputs residues, as the user put them in
 * @param report costs
 * @param items one for each input
 */
record Outcome(FixedModel model, List<long[]> inputs, InferenceReport report, List<Item> items) {
  /**
   * The result for one input.
   *
   * @param index its place in the file
   * @param label what it really is, if that is known
   * @param logits the output as numbers; empty if the class is all that is revealed
   * @param fixedPointLogits the same as signed integers
   * @param prediction the class: the index of the largest
   * @param matchesClear whether plaintext inference gives the same integers
   */
  record Item(
      int index,
      OptionalInt label,
      List<Double> logits,
      List<Long> fixedPointLogits,
      int prediction,
      boolean matchesClear) {}

  Outcome {
    items = List.copyOf(items);
  }

  /** Runs {@code protocol} on all inputs, in one run. */
  static Outcome of(
      InferenceProtocol protocol,
      FixedModel model,
      SplitPlan split,
      LabelledInputs inputs,
      RunOptions options,
      RandomSource random,
      boolean showProgress)
      throws ProtocolAbortException {
    List<long[]> encoded = new ArrayList<>();
    for (float[] tensor : inputs.tensors()) {
      encoded.add(model.encodeInput(tensor));
    }
    InferenceRequest request = new InferenceRequest(model, split, encoded, options);
    InferenceReport report;
    if (showProgress) {
      try (PhaseBars bars = new PhaseBars()) {
        report = protocol.run(request, bars, random);
      }
    } else {
      report = protocol.run(request, ProgressListener.SILENT, random);
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      items.add(
          item(model, inputs.index(i), inputs.label(i), encoded.get(i), report.outputs().get(i)));
    }
    return new Outcome(model, encoded, report, items);
  }

  private static Item item(
      FixedModel model, int index, OptionalInt label, long[] input, long[] output) {
    FixedFormat format = model.format();
    List<Double> logits = Arrays.stream(format.decodeOutput(output)).boxed().toList();
    return new Item(
        index,
        label,
        format.revealsLabel() ? List.of() : logits,
        logits(format, output),
        prediction(format, output),
        Arrays.equals(output, FixedPointInterpreter.run(model, input)));
  }

  /** The output as signed integers; empty if it is a class. */
  static List<Long> logits(FixedFormat format, long[] output) {
    return format.revealsLabel()
        ? List.of()
        : Arrays.stream(output).mapToObj(format.modulus()::centered).toList();
  }

  /** The class that an output names, or the index of its largest logit, the first of equals. */
  static int prediction(FixedFormat format, long[] output) {
    return format.revealsLabel() ? Math.toIntExact(output[0]) : prediction(logits(format, output));
  }

  /** The index of the largest logit, the first of equals. */
  private static int prediction(List<Long> logits) {
    int prediction = 0;
    for (int i = 1; i < logits.size(); i++) {
      if (logits.get(i) > logits.get(prediction)) {
        prediction = i;
      }
    }
    return prediction;
  }

  /** Whether every result equals plaintext inference. */
  boolean allMatch() {
    return items.stream().allMatch(Item::matchesClear);
  }
}
