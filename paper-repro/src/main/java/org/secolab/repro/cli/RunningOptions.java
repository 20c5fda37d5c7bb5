package org.secolab.repro.cli;

import org.secolab.foundation.transport.NetworkShape;
import org.secolab.protocol.inference.LinearOptions;
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

  @Option(
      names = "--packing",
      defaultValue = "protocol",
      paramLabel = "WAY",
      description =
          "How linear layers are packed into ciphertexts: protocol (its own way), coefficient,"
              + " slots (seco-paper and delphi3 only), or cheapest (default: ${DEFAULT-VALUE}).")
  private LinearOptions.Packing packing = LinearOptions.Packing.PROTOCOL;

  @Option(
      names = "--objective",
      defaultValue = "bytes",
      paramLabel = "WHAT",
      description =
          "What packing is to keep small where it has a choice: bytes (of all parties), user-bytes"
              + " or server-time (default: ${DEFAULT-VALUE}).")
  private LinearOptions.Objective objective = LinearOptions.Objective.TOTAL_BYTES;

  /** The options asked for. */
  RunOptions options() {
    return RunOptions.STANDARD.over(network()).packing(new LinearOptions(packing, objective));
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
            + " (bandwidth of each party's line, round trip); times are those of a run over it,"
            + " with computing as on this machine"
        : "network: none simulated";
  }
}
