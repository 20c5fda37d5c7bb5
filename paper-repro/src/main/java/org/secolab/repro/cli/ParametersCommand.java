package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.RangeReport;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code seco parameters}: why these numbers and no others. */
@Command(
    name = "parameters",
    description =
        "How the parameters for a model were chosen, step by step: ring bits, security, noise,"
            + " flooding.",
    mixinStandardHelpOptions = true)
final class ParametersCommand implements Callable<Integer> {
  @Mixin private NumberOptions model = new NumberOptions();
  @Mixin private SplitOptions splitOptions = new SplitOptions();
  @Mixin private InputOptions input = new InputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ModelFormatException, InputFormatException {
    Model floatModel = model.floatModel();
    List<float[]> calibration =
        input.isGiven() ? input.read(floatModel, model.file()).tensors() : List.of();
    QuantisedModel quantised =
        model.quantise(floatModel, input.preprocessing(model.file()).range(), calibration);
    SplitPlan split = splitOptions.split(quantised);
    InferencePlan plan = model.protocol().plan(quantised.model(), split, RunOptions.STANDARD, 1);
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    print(quantised, plan, spec.commandLine().getOut());
    return ExitCodes.DONE;
  }

  private static void print(QuantisedModel quantised, InferencePlan plan, PrintWriter out) {
    out.println("1. Ring bits: the smallest ring that holds every sum of products, with its sign");
    for (RangeReport.LayerRange range : quantised.ranges().layers()) {
      out.printf(
          Locale.ROOT,
          "   layer %d: at most %.2f bits by interval bounds%s%n",
          range.layer(),
          range.provenBits(),
          range.observedBits().isPresent()
              ? String.format(Locale.ROOT, ", %.2f observed", range.observedBits().getAsDouble())
              : "");
    }
    out.printf(
        "   chosen: %s, %d fraction bits%n",
        quantised.model().modulus(), quantised.model().fractionBits());
    String notice = NumberOptions.rangeNotice(quantised);
    if (!notice.isEmpty()) {
      out.println("   " + notice);
    }
    out.printf("%n2. Encryption: the smallest set that carries the layers under each key%n");
    plan.parameters().forEach(line -> out.println("   " + line));
    out.printf("%n3. What flooding leaves%n");
    if (plan.floodedCoefficients() == 0) {
      out.println("   nothing is flooded");
    } else {
      out.printf(
          Locale.ROOT,
          "   %,d coefficients for each inference: total statistical distance 2^%.1f%n",
          plan.floodedCoefficients(),
          plan.statisticalDistanceLog2());
    }
  }
}
