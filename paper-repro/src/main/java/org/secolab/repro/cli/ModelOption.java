package org.secolab.repro.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.onnx.OnnxReader;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "F.onnx",
      description = "ONNX file, or the name of a bundled model.")
  private String model = "";

  /** The model's file; no file has this name if it is a bundled one's. */
  Path file() {
    return Path.of(model);
  }

  /** The float model. */
  Model open() throws ModelFormatException {
    return isBundled(file()) ? BundledModels.open(model) : OnnxReader.read(file());
  }

  /** Whether {@code model} names a bundled model; a file of that name comes first. */
  static boolean isBundled(Path model) {
    return !Files.exists(model) && BundledModels.names().contains(model.toString());
  }
}
