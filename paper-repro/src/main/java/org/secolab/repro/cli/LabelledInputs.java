package org.secolab.repro.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.secolab.modelio.input.Inputs;

/** Inputs and, where they are known, the labels of the whole file. */
final class LabelledInputs {
  private final Inputs inputs;
  private final Optional<int[]> labels;

  LabelledInputs(Inputs inputs, Optional<int[]> labels) {
    this.inputs = inputs;
    this.labels = labels;
  }

  /** The inputs themselves. */
  Inputs inputs() {
    return inputs;
  }

  /** One float tensor for each input. */
  List<float[]> tensors() {
    return inputs.tensors();
  }

  /** The place of input {@code i} in the file. */
  int index(int i) {
    return inputs.firstIndex() + i;
  }

  /** What input {@code i} really is, if that is known. */
  OptionalInt label(int i) {
    return labels.map(all -> OptionalInt.of(all[index(i)])).orElse(OptionalInt.empty());
  }
}
