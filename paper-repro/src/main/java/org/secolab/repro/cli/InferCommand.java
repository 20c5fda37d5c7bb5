package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.experiment.Measurement;
import org.secolab.repro.experiment.Point;
import org.secolab.repro.experiment.RunPage;
import org.secolab.repro.report.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco infer}: inference on one or several inputs, compared with plaintext. */
@Command(
    name = "infer",
    description =
        "Secure inference on one or several inputs; every result is compared with plaintext.",
    mixinStandardHelpOptions = true)
final class InferCommand implements Callable<Integer> {
  @Mixin private NumberOptions model = new NumberOptions();
  @Mixin private SplitOptions splitOptions = new SplitOptions();
  @Mixin private RunningOptions running = new RunningOptions();
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private InputOptions input = new InputOptions();
  @Mixin private ReportOptions report = new ReportOptions();
  @Mixin private PadOptions padding = new PadOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Mixin private SeedOption seed = new SeedOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call()
      throws ModelFormatException, InputFormatException, ProtocolAbortException, IOException {
    InferenceProtocol protocol = model.protocol();
    RandomSource random = seed.random(spec().commandLine().getErr());
    Model floatModel = model.floatModel();
    LabelledInputs inputs = input.read(floatModel, model.file());
    QuantisedModel quantised =
        model.quantise(floatModel, inputs.inputs().range(), inputs.tensors());
    SplitPlan split = splitOptions.split(quantised);
    RunOptions options = padding.padded(running.options(), protocol, quantised.model(), split);
    protocol.check(quantised.model(), split, options);

    Outcome outcome =
        log.run(
            events ->
                report.run(
                    protocol.name(),
                    split,
                    options.telling(events),
                    random,
                    (told, source) ->
                        Outcome.of(protocol, quantised.model(), split, inputs, told, source, !json),
                    result ->
                        InferenceJson.tree(protocol.name(), split, options, result, seed.isGiven()),
                    result -> page(protocol, split, options, result)));
    PrintWriter out = spec().commandLine().getOut();
    if (json) {
      InferenceJson.print(protocol.name(), split, options, outcome, seed.isGiven(), out);
    } else {
      if (seed.isGiven()) {
        out.println(InferenceJson.INSECURE_NOTICE);
      }
      print(protocol, quantised, split, options, outcome, out);
    }
    return outcome.allMatch() ? ExitCodes.DONE : ExitCodes.WRONG_RESULT;
  }

  private Page page(
      InferenceProtocol protocol, SplitPlan split, RunOptions options, Outcome outcome) {
    FixedModel fixed = outcome.model();
    InferencePlan plan = protocol.plan(fixed, split, options, outcome.items().size());
    Point point =
        new Point(
            protocol.name(),
            fixed.name(),
            split.cut(),
            split.remoteServers(),
            fixed.fractionBits(),
            fixed.modulus().bits(),
            options.network().toString());
    List<String> notices = new ArrayList<>();
    notices.add("Known weakness: " + protocol.guarantee().knownWeakness() + ".");
    if (seed.isGiven()) {
      notices.add(InferenceJson.INSECURE_NOTICE);
    }
    Measurement run =
        Measurement.of(
            point,
            fixed.layers().size(),
            outcome.allMatch(),
            outcome.report(),
            Measurement.flows(plan));
    return RunPage.of(run, plan.parameters(), notices);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    return spec;
  }

  private static void print(
      InferenceProtocol protocol,
      QuantisedModel quantised,
      SplitPlan split,
      RunOptions options,
      Outcome outcome,
      PrintWriter out) {
    FixedModel fixed = quantised.model();
    out.printf(
        "protocol %s, model %s, split %d of %d, %d remote servers, ring %s, %d fraction bits%n",
        protocol.name(),
        fixed.name(),
        split.cut(),
        fixed.layers().size(),
        split.remoteServers(),
        fixed.modulus(),
        fixed.fractionBits());
    out.printf("secure against: %s%n", protocol.guarantee().secureAgainst());
    out.printf("known weakness: %s%n", protocol.guarantee().knownWeakness());
    if (fixed.revealsLabel()) {
      out.println("the user learns the class only");
    }
    out.println(RunningOptions.describe(options.network()));
    if (split.cut() < fixed.layers().size()) {
      PadOptions.describe(options.pads()).forEach(out::println);
    }
    String notice = NumberOptions.rangeNotice(quantised);
    if (!notice.isEmpty()) {
      out.println(notice);
    }
    for (Outcome.Item item : outcome.items()) {
      out.printf(
          "input %d: prediction %d%s, equals plaintext: %s%n",
          item.index(),
          item.prediction(),
          item.label().isPresent() ? " (label " + item.label().getAsInt() + ")" : "",
          item.matchesClear() ? "yes" : "NO");
    }
    out.println();
    CostTable.print(outcome.report(), outcome.items().size(), out);
  }
}
