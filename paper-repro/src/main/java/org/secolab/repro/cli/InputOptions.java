package org.secolab.repro.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Inputs;
import org.secolab.modelio.input.Preprocessing;
import picocli.CommandLine.Option;

/** What a command line says about inputs. */
final class InputOptions {
  /** How pixels become numbers. */
  enum Pixels {
    UNIT,
    SYMMETRIC;

    Preprocessing preprocessing() {
      return switch (this) {
        case UNIT -> Preprocessing.UNIT;
        case SYMMETRIC -> Preprocessing.SYMMETRIC;
      };
    }
  }

  @Option(
      names = "--input",
      paramLabel = "F",
      description = "Inputs: .png, .npy, IDX, or .gz of them.")
  private @Nullable Path input;

  @Option(
      names = "--index",
      defaultValue = "0",
      paramLabel = "K",
      description = "The first input to take, from 0 on (default: ${DEFAULT-VALUE}).")
  private int index;

  @Option(
      names = "--count",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many inputs to take (default: ${DEFAULT-VALUE}).")
  private int count = 1;

  @Option(
      names = "--labels",
      paramLabel = "F",
      description = "What the inputs really are: IDX or .npy, or .gz of them.")
  private @Nullable Path labels;

  @Option(
      names = "--pixels",
      defaultValue = "unit",
      description =
          "How pixels become numbers: unit (pixel/255) or symmetric (pixel/127.5 - 1) (default:"
              + " ${DEFAULT-VALUE}).")
  private Pixels pixels = Pixels.UNIT;

  /** How pixels become numbers. */
  Preprocessing preprocessing() {
    return pixels.preprocessing();
  }

  /** Whether inputs are named. */
  boolean isGiven() {
    return input != null;
  }

  /** Reads the inputs for {@code model}, and their labels. */
  LabelledInputs read(Model model) throws InputFormatException {
    if (input == null) {
      throw new IllegalArgumentException("expected --input, got none");
    }
    if (index < 0) {
      throw new IllegalArgumentException("--index: expected at least 0, got " + index);
    }
    if (count < 1) {
      throw new IllegalArgumentException("--count: expected at least 1, got " + count);
    }
    Inputs inputs =
        InputReader.read(input, model.inputShape(), pixels.preprocessing(), index, count);
    if (labels == null) {
      return new LabelledInputs(inputs, Optional.empty());
    }
    int[] all = InputReader.readLabels(labels);
    if (all.length < index + count) {
      throw new InputFormatException(
          labels.toString(), "expected at least " + (index + count) + " labels, got " + all.length);
    }
    return new LabelledInputs(inputs, Optional.of(all));
  }
}
