package org.secolab.repro.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Inputs;
import org.secolab.modelio.input.Preprocessing;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco demo}: one real digit through the default protocol. */
@Command(
    name = "demo",
    description = "One real handwritten digit through the default protocol, all parties embedded.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String MODEL = "mnist-minionn";

  @Option(
      names = "--digit",
      defaultValue = "7",
      description = "Which digit to show, 0 to 9 (default: ${DEFAULT-VALUE}).")
  private int digit = 7;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ModelFormatException, InputFormatException, ProtocolAbortException {
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("--digit: expected 0 to 9, got " + digit);
    }
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    PrintWriter out = spec.commandLine().getOut();
    Model model = BundledModels.open(MODEL);
    float[] image = image(model.inputShape());
    QuantisedModel quantised =
        Quantiser.quantise(
            model, NumberOptions.DEFAULT_FRACTION_BITS, InputRange.UNIT, new RangePolicy.Proven());
    SplitPlan split = new SplitPlan(quantised.model().validCuts().get(1), 2);
    InferenceProtocol protocol = InferenceProtocol.named("seco");

    draw(image, model.inputShape(), out);
    out.printf(
        "A handwritten %d. Model %s: layers 1 to %d on the gateway, %d to %d shared by 2 remote"
            + " servers.%n",
        digit, MODEL, split.cut(), split.cut() + 1, quantised.model().layers().size());
    out.printf("Secure against: %s.%n%n", protocol.guarantee().secureAgainst());
    LabelledInputs inputs =
        new LabelledInputs(
            new Inputs(List.of(image), 0, InputRange.UNIT), Optional.of(new int[] {digit}));
    Outcome outcome =
        Outcome.of(
            protocol,
            quantised.model(),
            split,
            inputs,
            RunOptions.STANDARD,
            new SystemRandom(),
            true);
    Outcome.Item item = outcome.items().getFirst();
    out.printf(
        "%nprediction: %d%nequals plaintext: %s%n%n",
        item.prediction(), item.matchesClear() ? "yes" : "NO");
    CostTable.print(outcome.report(), 1, out);
    return outcome.allMatch() ? ExitCodes.DONE : ExitCodes.WRONG_RESULT;
  }

  private float[] image(Shape shape) throws InputFormatException {
    String name = "digit-" + digit + ".png";
    try (InputStream in = BundledModels.digit(digit)) {
      return InputReader.readImage(in, name, shape, Preprocessing.UNIT);
    } catch (IOException e) {
      throw new InputFormatException(name, "cannot be read: " + e.getMessage());
    }
  }

  /** Two pixels for each character, by their mean. */
  private static void draw(float[] image, Shape shape, PrintWriter out) {
    String shades = " .:-=+*#%@";
    for (int y = 0; y + 1 < shape.height(); y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < shape.width(); x++) {
        float mean = (image[y * shape.width() + x] + image[(y + 1) * shape.width() + x]) / 2;
        line.append(shades.charAt(Math.min(9, Math.round(mean * 9))));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
