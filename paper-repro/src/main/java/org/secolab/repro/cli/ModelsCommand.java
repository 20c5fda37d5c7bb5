package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code seco models}: the bundled models and where they come from. */
@Command(
    name = "models",
    description = "List the bundled models with their provenance.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  private static final int FRACTION_BITS = NumberOptions.DEFAULT_FRACTION_BITS;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ModelFormatException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-24s %-10s %10s %7s  %-14s %s%n",
        "name", "input", "parameters", "layers", "cuts", "ring at f = " + FRACTION_BITS);
    for (String name : BundledModels.names()) {
      Model model = BundledModels.open(name);
      QuantisedModel quantised =
          Quantiser.quantise(model, FRACTION_BITS, InputRange.UNIT, new RangePolicy.Proven());
      out.printf(
          Locale.ROOT,
          "%-24s %-10s %,10d %7d  %-14s %s (%.2f bits proven)%n",
          name,
          model.inputShape(),
          parameters(model),
          quantised.model().layers().size(),
          String.join(",", quantised.model().validCuts().stream().map(String::valueOf).toList()),
          quantised.model().modulus(),
          quantised.ranges().provenBits());
    }
    out.println();
    out.println("Give a name as --model. Provenance:");
    out.println();
    out.print(BundledModels.provenance());
    return ExitCodes.DONE;
  }

  private static long parameters(Model model) {
    return model.nodes().stream()
        .map(Model.Node::layer)
        .filter(Convolution.class::isInstance)
        .map(Convolution.class::cast)
        .mapToLong(layer -> layer.weights().length + layer.bias().length)
        .sum();
  }
}
