package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.InsecureWalkthrough;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco explain}: one layer of the default protocol with real numbers, for teaching. */
@Command(
    name = "explain",
    description =
        "INSECURE, for teaching: one layer of the default protocol step by step, with the numbers"
            + " of one input: values, masks, shares, and which party holds each.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  static final String INSECURE_NOTICE =
      "INSECURE: this shows masks, shares and values that no party has together; for teaching only";

  @Mixin private NumberOptions numbers = new NumberOptions();
  @Mixin private SplitOptions splitOptions = new SplitOptions();
  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--layer",
      required = true,
      paramLabel = "I",
      description = "Which layer, from 1 on.")
  private int layer;

  @Option(
      names = "--values",
      defaultValue = "4",
      paramLabel = "N",
      description = "How many values of each tensor to show (default: ${DEFAULT-VALUE}).")
  private int values = 4;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ModelFormatException, InputFormatException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    if (values < 1) {
      throw new IllegalArgumentException("--values: expected at least 1, got " + values);
    }
    Model floatModel = numbers.floatModel();
    LabelledInputs inputs = input.read(floatModel, numbers.file());
    QuantisedModel quantised =
        numbers.quantise(floatModel, inputs.inputs().range(), inputs.tensors());
    FixedModel model = quantised.model();
    SplitPlan split = splitOptions.split(quantised);
    long[] residues = model.encodeInput(inputs.tensors().getFirst());
    List<InsecureWalkthrough.Step> steps =
        InsecureWalkthrough.of(model, split, layer, residues, new SystemRandom());
    print(model, split, steps, spec.commandLine().getOut());
    return ExitCodes.DONE;
  }

  private void print(
      FixedModel model, SplitPlan split, List<InsecureWalkthrough.Step> steps, PrintWriter out) {
    FixedLayer shown = model.layer(layer);
    out.println(INSECURE_NOTICE);
    out.printf(
        "layer %d of %d (%s), %s to %s, %s; all numbers modulo %s, scale 2^%d%n",
        layer,
        model.layers().size(),
        shown.name(),
        shown.inputShape(),
        shown.outputShape(),
        split.onGateway(layer) ? "on the gateway" : "shared by the remote servers",
        model.modulus(),
        model.fractionBits());
    out.println(
        "A: gateway; 1, 2, …: remote servers; C: the last of them, who evaluates. Encryption and"
            + " garbling are replaced by what they compute.");
    out.println();
    for (InsecureWalkthrough.Step step : steps) {
      out.printf(
          "%-22s %-62s seen by %s%n",
          step.name(),
          numbers(step.value().values()),
          step.seenBy().isEmpty()
              ? "nobody"
              : step.seenBy().stream().map(PartyId::name).collect(Collectors.joining(", ")));
      out.printf("%-22s   %s%n", "", step.meaning());
    }
  }

  /** The first few values. */
  private String numbers(long[] tensor) {
    String first =
        IntStream.range(0, Math.min(values, tensor.length))
            .mapToObj(i -> String.format(Locale.ROOT, "%13d", tensor[i]))
            .collect(Collectors.joining(" "));
    return tensor.length > values ? first + " …" : first;
  }
}
