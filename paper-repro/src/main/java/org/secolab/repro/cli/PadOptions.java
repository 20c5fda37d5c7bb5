package org.secolab.repro.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.OnlinePad;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import picocli.CommandLine.Option;

/** Whether the gateway holds results back, and how long. */
final class PadOptions {
  @Option(
      names = "--pad-online",
      paramLabel = "MILLIS",
      description =
          "The gateway holds each result back until this long after the input, so that the user's"
              + " waiting time tells nothing of the layers behind the cut.")
  private @Nullable Integer millis;

  /**
   * The same options, with the pad that was asked for.
   *
   * @throws IllegalArgumentException if there is nothing to hide
   */
  RunOptions pad(
      RunOptions options, InferenceProtocol protocol, FixedModel model, SplitPlan split) {
    return pad(protocol.name(), model, split).map(options::padded).orElse(options);
  }

  /**
   * The pad that was asked for, of a party that is a process of its own.
   *
   * @param prepares whether it makes material ahead, so that there are no results
   * @throws IllegalArgumentException if this is not the gateway, or there is nothing to hide
   */
  Optional<OnlinePad> pad(Part part, boolean prepares) {
    if (millis == null) {
      return Optional.empty();
    }
    if (!(part instanceof ServerPart server) || !part.party().equals(SplitPlan.GATEWAY)) {
      throw new IllegalArgumentException(
          "--pad-online: expected for the gateway only, got it for " + part.party());
    }
    if (prepares) {
      throw new IllegalArgumentException("--pad-online: expected none with --prepare");
    }
    return pad("seco", server.model(), part.header().split());
  }

  private Optional<OnlinePad> pad(String protocol, FixedModel model, SplitPlan split) {
    if (millis == null) {
      return Optional.empty();
    }
    if (millis < 1) {
      throw new IllegalArgumentException(
          "--pad-online: expected at least 1 millisecond, got " + millis);
    }
    if (protocol.equals("clear") || split.cut() == model.layers().size()) {
      throw new IllegalArgumentException(
          "--pad-online: expected a protocol with layers behind the cut, got "
              + protocol
              + " with split "
              + split.cut()
              + " of "
              + model.layers().size());
    }
    return Optional.of(new OnlinePad(Duration.ofMillis(millis)));
  }

  /** What the user's waiting time told, in words, after the run. */
  static String describe(Optional<OnlinePad> given) {
    if (given.isEmpty()) {
      return "timing: the time to the result tells the user how much lies behind the cut"
          + " (--pad-online)";
    }
    OnlinePad pad = given.get();
    String held =
        "timing: results held back until "
            + pad.length().toMillis()
            + " ms after the input, "
            + pad.onTime()
            + " left then";
    return pad.late() == 0
        ? held
        : held + ", " + pad.late() + " TOO LATE: their time still tells; choose a longer pad";
  }

  /** The same for programs; nothing without a pad. */
  static void put(ObjectNode node, Optional<OnlinePad> given) {
    given.ifPresent(
        pad ->
            node.put("padOnlineMillis", pad.length().toMillis())
                .put("resultsOnTime", pad.onTime())
                .put("resultsLate", pad.late()));
  }
}
