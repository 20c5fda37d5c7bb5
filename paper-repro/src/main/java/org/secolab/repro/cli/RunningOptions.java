package org.secolab.repro.cli;

import org.secolab.foundation.transport.NetworkShape;
import org.secolab.protocol.inference.RunOptions;
import picocli.CommandLine.Option;

/** What a command line says about how a run is to go. */
final class RunningOptions {
  @Option(
      names = "--network",
      defaultValue = "none",
      paramLabel = "SHAPE",
      description =
          "Simulate a network: none, lan (1 Gbit/s, 0.5 ms there and back), wan (100 Mbit/s, 40"
              + " ms), or for instance 100Mbit,20ms; bandwidth is of each party's line (default:"
              + " ${DEFAULT-VALUE}).")
  private String network = "none";

  /** The options asked for. */
  RunOptions options() {
    return RunOptions.STANDARD.over(network());
  }

  /** The network to simulate. */
  NetworkShape network() {
    try {
      return NetworkShape.of(network);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--network: " + e.getMessage(), e);
    }
  }

  /** The network in words; says that it is simulated. */
  static String describe(NetworkShape network) {
    return network.isSimulated()
        ? "network: simulated, "
            + network
            + " (bandwidth of each party's line, round trip); times are those of a run over it, with"
            + " computing as on this machine"
        : "network: none simulated";
  }
}
