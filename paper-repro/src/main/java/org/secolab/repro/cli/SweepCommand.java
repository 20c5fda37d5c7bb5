package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.experiment.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco sweep}: every split and number of remote servers, each compared with plaintext. */
@Command(
    name = "sweep",
    description =
        "Inference at every split, for several numbers of remote servers, each compared with"
            + " plaintext; costs as CSV and as a plot.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,2})(?:\\.\\.(\\d{1,2}))?");

  @Mixin private NumberOptions numbers = new NumberOptions();
  @Mixin private RunningOptions running = new RunningOptions();
  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--splits",
      defaultValue = "all",
      paramLabel = "all|C,C,...",
      description = "Which splits (default: ${DEFAULT-VALUE}).")
  private String splits = "all";

  @Option(
      names = "--remote-servers",
      defaultValue = "2",
      paramLabel = "M|A..B",
      description = "How many remote servers, from and to (default: ${DEFAULT-VALUE}).")
  private String remoteServers = "2";

  @Option(
      names = "--out",
      paramLabel = "F.csv",
      description = "Where the CSV goes (default: standard output).")
  private @Nullable Path out;

  @Option(
      names = "--plot",
      paramLabel = "F.svg",
      description = "Also plot the traffic over the splits.")
  private @Nullable Path plot;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call()
      throws ModelFormatException, InputFormatException, ProtocolAbortException, IOException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    PrintWriter err = spec.commandLine().getErr();
    InferenceProtocol protocol = numbers.protocol();
    Model floatModel = numbers.floatModel();
    LabelledInputs inputs = input.read(floatModel, numbers.file());
    QuantisedModel quantised =
        numbers.quantise(floatModel, inputs.inputs().range(), inputs.tensors());
    List<SplitPlan> plans =
        runnable(plans(quantised.model().validCuts()), protocol, quantised, err);

    StringBuilder csv = new StringBuilder(header());
    SweepPlot curves = new SweepPlot();
    boolean allMatch = true;
    try (StepBar bar = new StepBar("sweep", plans.size())) {
      for (SplitPlan plan : plans) {
        Outcome outcome =
            Outcome.of(
                protocol,
                quantised.model(),
                plan,
                inputs,
                running.options(),
                new SystemRandom(),
                false);
        allMatch &= outcome.allMatch();
        csv.append(row(protocol, plan, running.network(), outcome));
        curves.add(plan, outcome);
        bar.step();
      }
    }
    err.printf("%d runs, all equal to plaintext: %s%n", plans.size(), allMatch ? "yes" : "NO");
    if (plot != null) {
      Results.write(plot, curves.svg(protocol.name(), quantised.model().name()));
    }
    if (out == null) {
      spec.commandLine().getOut().print(csv);
      spec.commandLine().getOut().flush();
    } else {
      Results.write(out, csv.toString());
    }
    return allMatch ? ExitCodes.DONE : ExitCodes.WRONG_RESULT;
  }

  /**
   * The plans that the protocol can run. What was named must run; of all splits those that cannot
   * are left out, and {@code err} is told why.
   */
  private List<SplitPlan> runnable(
      List<SplitPlan> plans,
      InferenceProtocol protocol,
      QuantisedModel quantised,
      PrintWriter err) {
    List<SplitPlan> runnable = new ArrayList<>();
    for (SplitPlan plan : plans) {
      try {
        protocol.check(quantised.model(), plan, running.options());
        runnable.add(plan);
      } catch (IllegalArgumentException e) {
        boolean last = plan.equals(plans.getLast());
        if (!splits.equals("all") || (last && runnable.isEmpty())) {
          throw e;
        }
        err.println("left out: " + e.getMessage());
      }
    }
    return runnable;
  }

  private List<SplitPlan> plans(List<Integer> cuts) {
    List<Integer> chosen = new ArrayList<>();
    if (splits.equals("all")) {
      chosen.addAll(cuts);
    } else {
      for (String split : splits.split(",", -1)) {
        Integer cut =
            cuts.stream().filter(c -> c.toString().equals(split)).findFirst().orElse(null);
        if (cut == null) {
          throw new IllegalArgumentException(
              "--splits: expected all, or some of " + cuts + ", got " + split);
        }
        chosen.add(cut);
      }
    }
    Matcher range = RANGE.matcher(remoteServers);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "--remote-servers: expected a number or A..B, got " + remoteServers);
    }
    int from = Integer.parseInt(range.group(1));
    int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
    List<SplitPlan> plans = new ArrayList<>();
    for (int m = from; m <= to; m++) {
      for (int cut : chosen) {
        plans.add(new SplitPlan(cut, m));
      }
    }
    if (plans.isEmpty()) {
      throw new IllegalArgumentException(
          "--remote-servers: expected A..B with A at most B, got " + remoteServers);
    }
    return plans;
  }

  private static String header() {
    StringBuilder line =
        new StringBuilder(
            "protocol,split,remoteServers,inputs,equalsPlaintext,"
                + "simulatedBitsPerSecond,simulatedRoundTripMillis,"
                + "userParticipationMillis,userWaitingMillis");
    for (String party : List.of("user", "gateway", "remotes")) {
      for (Phase phase : Phase.values()) {
        line.append(",").append(party).append(".").append(phase.label()).append(".bytesSent");
        line.append(",").append(party).append(".").append(phase.label()).append(".cpuMillis");
      }
    }
    return line.append("\n").toString();
  }

  private static String row(
      InferenceProtocol protocol, SplitPlan plan, NetworkShape network, Outcome outcome) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%s,%d,%d,%d,%b,%d,%.3f,%.1f,%.1f",
            protocol.name(),
            plan.cut(),
            plan.remoteServers(),
            outcome.items().size(),
            outcome.allMatch(),
            network.bitsPerSecond(),
            network.roundTripNanos() / 1e6,
            outcome.report().userParticipationNanos() / 1e6,
            outcome.report().userWaitingNanos() / 1e6));
    for (List<PartyId> group :
        List.of(List.of(SplitPlan.USER), List.of(SplitPlan.GATEWAY), plan.remotes())) {
      for (Phase phase : Phase.values()) {
        Cost cost =
            outcome.report().costs().entrySet().stream()
                .filter(entry -> group.contains(entry.getKey()))
                .map(entry -> entry.getValue().total(phase))
                .reduce(Cost.ZERO, Cost::plus);
        line.append(
            String.format(Locale.ROOT, ",%d,%.1f", cost.bytesSent(), cost.cpuNanos() / 1e6));
      }
    }
    return line.append("\n").toString();
  }
}
