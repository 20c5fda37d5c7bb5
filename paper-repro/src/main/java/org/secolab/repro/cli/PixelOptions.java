package org.secolab.repro.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.Preprocessing;
import org.secolab.modelio.input.PreprocessingFile;
import picocli.CommandLine.Option;

/** What a command line, or a file beside the model, says about how pixels become numbers. */
final class PixelOptions {
  /** The two usual ways. */
  enum Pixels {
    UNIT,
    SYMMETRIC
  }

  @Option(
      names = "--pixels",
      description =
          "How pixels become numbers: unit (pixel/255) or symmetric (pixel/127.5 - 1) (default: what"
              + " F.json beside F.onnx declares, else unit).")
  private @Nullable Pixels pixels;

  @Option(
      names = "--preprocessing",
      paramLabel = "F.json",
      description = "The same in JSON: pixels, mean, deviation, range, resize.")
  private @Nullable Path file;

  /**
   * How pixels become numbers.
   *
   * @param model its file, which need not exist
   */
  Preprocessing preprocessing(Path model) throws InputFormatException {
    if (pixels != null && file != null) {
      throw new IllegalArgumentException("expected --pixels or --preprocessing, got both");
    }
    if (file != null) {
      return PreprocessingFile.read(file);
    }
    return switch (pixels) {
      case UNIT -> Preprocessing.UNIT;
      case SYMMETRIC -> Preprocessing.SYMMETRIC;
      case null -> PreprocessingFile.beside(model).orElse(Preprocessing.UNIT);
    };
  }
}
