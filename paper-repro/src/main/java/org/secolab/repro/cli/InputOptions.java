package org.secolab.repro.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Inputs;
import org.secolab.modelio.input.Preprocessing;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command line says about inputs. */
final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "F",
      description = "Inputs: PNG, JPEG, NPY, NPZ, IDX, CSV, or .gz of them.")
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
      description = "What the inputs really are: IDX, NPY, NPZ, CSV, or .gz of them.")
  private @Nullable Path labels;

  @Mixin private PixelOptions pixels = new PixelOptions();

  /** How pixels become numbers for the model in {@code file}. */
  Preprocessing preprocessing(Path file) throws InputFormatException {
    return pixels.preprocessing(file);
  }

  /** Whether inputs are named. */
  boolean isGiven() {
    return input != null;
  }

  /** Reads the inputs for {@code model}, which is in {@code file}, and their labels. */
  LabelledInputs read(Model model, Path file) throws InputFormatException {
    return read(model.inputShape(), file);
  }

  /** Reads inputs of {@code shape} for the model in {@code file}, and their labels. */
  LabelledInputs read(Shape shape, Path file) throws InputFormatException {
    if (input == null) {
      throw new IllegalArgumentException("expected --input, got none");
    }
    if (index < 0) {
      throw new IllegalArgumentException("--index: expected at least 0, got " + index);
    }
    if (count < 1) {
      throw new IllegalArgumentException("--count: expected at least 1, got " + count);
    }
    Inputs inputs = InputReader.read(input, shape, preprocessing(file), index, count);
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
