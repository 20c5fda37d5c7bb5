package org.secolab.repro.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.protocol.inference.InferenceProtocol;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command line says about protocol, model, and its numbers. */
final class NumberOptions {
  /** The least f at which the bundled models' logits stay within 0.1 of the float ones. */
  static final int DEFAULT_FRACTION_BITS = 9;

  /** Bits added to what calibration data needed. */
  private static final double CALIBRATION_MARGIN_BITS = 2;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--protocol",
      defaultValue = "seco",
      description = "clear, delphi, delphi3, seco or seco-paper (default: ${DEFAULT-VALUE}).")
  private String protocol = "seco";

  @Option(
      names = "--fraction-bits",
      defaultValue = "" + DEFAULT_FRACTION_BITS,
      paramLabel = "F",
      description = "Bits behind the binary point (default: ${DEFAULT-VALUE}).")
  private int fractionBits = DEFAULT_FRACTION_BITS;

  @Option(
      names = "--ring-bits",
      defaultValue = "proven",
      paramLabel = "BITS",
      description =
          "Ring of all values: proven (interval bounds), calibrated (on the given inputs, with a"
              + " margin), or a number of bits (default: ${DEFAULT-VALUE}).")
  private String ringBits = "proven";

  /** What the user is to learn. */
  enum Reveal {
    LOGITS,
    LABEL
  }

  @Option(
      names = "--reveal",
      defaultValue = "logits",
      description =
          "What the user learns: logits, or label, the class only; finding it counts as one more"
              + " activation layer (default: ${DEFAULT-VALUE}).")
  private Reveal reveal = Reveal.LOGITS;

  /** The protocol asked for. */
  InferenceProtocol protocol() {
    return InferenceProtocol.named(protocol);
  }

  /** The model's file; no file has this name if it is a bundled one's. */
  Path file() {
    return model.file();
  }

  /** The float model. */
  Model floatModel() throws ModelFormatException {
    return model.open();
  }

  /** Whether the ring is not proven to be large enough, in words; empty if it is. */
  static String rangeNotice(QuantisedModel quantised) {
    return quantised.ranges().isProven()
        ? ""
        : String.format(
            "range not proven: the ring is %s, interval bounds would need %.1f bits",
            quantised.model().modulus(), quantised.ranges().provenBits());
  }

  /**
   * The fixed-point model.
   *
   * @param calibration inputs to calibrate on, if that is asked for
   */
  QuantisedModel quantise(Model floatModel, InputRange range, List<float[]> calibration)
      throws ModelFormatException {
    if (fractionBits < 1 || fractionBits > 24) {
      throw new IllegalArgumentException("--fraction-bits: expected 1 to 24, got " + fractionBits);
    }
    QuantisedModel quantised =
        Quantiser.quantise(floatModel, fractionBits, range, policy(calibration));
    return switch (reveal) {
      case LOGITS -> quantised;
      case LABEL -> quantised.revealingLabel();
    };
  }

  private RangePolicy policy(List<float[]> calibration) {
    Optional<Modulus> required = protocol().requiredModulus();
    return switch (ringBits) {
      case "proven" -> within(required, new RangePolicy.Proven());
      case "calibrated" ->
          within(required, new RangePolicy.Calibrated(calibration, CALIBRATION_MARGIN_BITS));
      default -> {
        int bits = number("--ring-bits", ringBits, 16, 48);
        if (required.isPresent()) {
          throw new IllegalArgumentException(
              "--ring-bits: expected proven or calibrated, since "
                  + protocol
                  + " computes modulo "
                  + required.get()
                  + ", got "
                  + bits);
        }
        yield new RangePolicy.Explicit(bits);
      }
    };
  }

  private static RangePolicy within(Optional<Modulus> required, RangePolicy judge) {
    return required.isPresent() ? new RangePolicy.Given(required.get(), judge) : judge;
  }

  /**
   * A number on the command line.
   *
   * @throws IllegalArgumentException naming {@code option} unless it is one in the range
   */
  static int number(String option, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        option + ": expected a number from " + least + " to " + most + ", got " + text);
  }
}
