package org.secolab.repro.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.OnlinePad;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import picocli.CommandLine.Option;

/** Whether the gateway holds results back, and how long. */
final class PadOptions {
  @Option(
      names = "--pad-online",
      paramLabel = "MILLIS",
      description =
          "The gateway holds each result back until this long after the input, so that the user's"
              + " waiting time tells nothing of the layers behind the cut.")
  private @Nullable Integer millis;

  /**
   * The same options, with the pad that was asked for.
   *
   * @throws IllegalArgumentException if there is nothing to hide
   */
  RunOptions pad(
      RunOptions options, InferenceProtocol protocol, FixedModel model, SplitPlan split) {
    if (millis == null) {
      return options;
    }
    if (millis < 1) {
      throw new IllegalArgumentException(
          "--pad-online: expected at least 1 millisecond, got " + millis);
    }
    if (protocol.name().equals("clear") || split.cut() == model.layers().size()) {
      throw new IllegalArgumentException(
          "--pad-online: expected a protocol with layers behind the cut, got "
              + protocol.name()
              + " with split "
              + split.cut()
              + " of "
              + model.layers().size());
    }
    return options.padded(new OnlinePad(Duration.ofMillis(millis)));
  }

  /** What the user's waiting time told, in words, after the run. */
  static String describe(RunOptions options) {
    if (options.pad().isEmpty()) {
      return "timing: the time to the result tells the user how much lies behind the cut"
          + " (--pad-online)";
    }
    OnlinePad pad = options.pad().get();
    String held =
        "timing: results held back until "
            + pad.length().toMillis()
            + " ms after the input, "
            + pad.onTime()
            + " left then";
    return pad.late() == 0
        ? held
        : held + ", " + pad.late() + " TOO LATE: their time still tells; choose a longer pad";
  }
}
