package org.secolab.repro.cli;

import java.util.List;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.protocol.inference.SplitPlan;
import picocli.CommandLine.Option;

/** What a command line says about who holds which layers. */
final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "C",
      description =
          "How many layers the gateway holds: a number, all, or none (default: the first possible"
              + " cut behind a layer).")
  private String split = "";

  @Option(
      names = "--remote-servers",
      defaultValue = "2",
      paramLabel = "M",
      description = "Remote servers, at least 2 (default: ${DEFAULT-VALUE}).")
  private int remoteServers = 2;

  /** The split asked for. */
  SplitPlan split(QuantisedModel quantised) {
    List<Integer> cuts = quantised.model().validCuts();
    int cut =
        switch (split) {
          case "" -> cuts.get(Math.min(1, cuts.size() - 1));
          case "none" -> 0;
          case "all" -> cuts.getLast();
          default -> NumberOptions.number("--split", split, 0, Integer.MAX_VALUE);
        };
    SplitPlan plan = new SplitPlan(cut, remoteServers);
    plan.check(quantised.model());
    return plan;
  }
}
