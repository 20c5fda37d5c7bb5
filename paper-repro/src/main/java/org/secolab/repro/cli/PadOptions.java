package org.secolab.repro.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.OnlinePad;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SetupPad;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.inference.TimePad;
import picocli.CommandLine.Option;

/** Whether the gateway holds back what the user waits for, and how long. */
final class PadOptions {
  private static final String SETUP = "--pad-setup";
  private static final String ONLINE = "--pad-online";

  @Option(
      names = SETUP,
      paramLabel = "MILLIS",
      description =
          "The same for preprocessing: the gateway holds its first answer back until this long"
              + " after it was last in touch with the user, or after the start.")
  private @Nullable Integer setupMillis;

  @Option(
      names = ONLINE,
      paramLabel = "MILLIS",
      description =
          "The gateway holds each result back until this long after the input, so that the user's"
              + " waiting time tells nothing of the layers behind the cut.")
  private @Nullable Integer onlineMillis;

  /**
   * The same options, with the pads that were asked for.
   *
   * @throws IllegalArgumentException if there is nothing to hide
   */
  RunOptions padded(
      RunOptions options, InferenceProtocol protocol, FixedModel model, SplitPlan split) {
    return options.padded(pads(protocol.name(), model, split));
  }

  /**
   * The pads that were asked for, of a party that is a process of its own.
   *
   * @param prepares whether it makes material ahead, so that there are no results
   * @throws IllegalArgumentException if this is not the gateway, or there is nothing to hide
   */
  List<TimePad> pads(Part part, boolean prepares) {
    if (setupMillis == null && onlineMillis == null) {
      return List.of();
    }
    if (!(part instanceof ServerPart server) || !part.party().equals(SplitPlan.GATEWAY)) {
      throw new IllegalArgumentException(
          (onlineMillis == null ? SETUP : ONLINE)
              + ": expected for the gateway only, got it for "
              + part.party());
    }
    if (prepares && onlineMillis != null) {
      throw new IllegalArgumentException(ONLINE + ": expected none with --prepare");
    }
    return pads("seco", server.model(), part.header().split());
  }

  private List<TimePad> pads(String protocol, FixedModel model, SplitPlan split) {
    List<TimePad> pads = new ArrayList<>();
    boolean hides = !protocol.equals("clear") && split.cut() < model.layers().size();
    String found = protocol + " with split " + split.cut() + " of " + model.layers().size();
    if (setupMillis != null) {
      pads.add(new SetupPad(length(SETUP, setupMillis, hides, found)));
    }
    if (onlineMillis != null) {
      pads.add(new OnlinePad(length(ONLINE, onlineMillis, hides, found)));
    }
    return pads;
  }

  private static Duration length(String option, int millis, boolean hides, String found) {
    if (millis < 1) {
      throw new IllegalArgumentException(
          option + ": expected at least 1 millisecond, got " + millis);
    }
    if (!hides) {
      throw new IllegalArgumentException(
          option + ": expected a protocol with layers behind the cut, got " + found);
    }
    return Duration.ofMillis(millis);
  }

  /** What the user's waiting times told, in words, after the run. */
  static List<String> describe(List<TimePad> pads) {
    List<String> lines = new ArrayList<>();
    if (pads.stream().noneMatch(SetupPad.class::isInstance)) {
      lines.add(
          "timing: the time that preprocessing takes tells the user how much lies behind the cut ("
              + SETUP
              + ")");
    }
    if (pads.stream().noneMatch(OnlinePad.class::isInstance)) {
      lines.add(
          "timing: the time to the result tells the user how much lies behind the cut ("
              + ONLINE
              + ")");
    }
    pads.forEach(pad -> lines.add(describe(pad)));
    return lines;
  }

  /** What one pad came to. */
  static String describe(TimePad pad) {
    String held =
        switch (pad) {
          case SetupPad setup -> "timing: preprocessing held back until ";
          case OnlinePad online -> "timing: results held back until ";
        };
    String after =
        switch (pad) {
          case SetupPad setup -> " ms after the last word before it, ";
          case OnlinePad online -> " ms after the input, ";
        };
    String line = held + pad.length().toMillis() + after + pad.onTime() + " left then";
    return pad.late() == 0
        ? line
        : line + ", " + pad.late() + " TOO LATE: their time still tells; choose a longer pad";
  }

  /** The same for programs; nothing without a pad. */
  static void put(ObjectNode node, List<TimePad> pads) {
    for (TimePad pad : pads) {
      switch (pad) {
        case SetupPad setup ->
            node.put("padSetupMillis", pad.length().toMillis())
                .put("setupsOnTime", pad.onTime())
                .put("setupsLate", pad.late());
        case OnlinePad online ->
            node.put("padOnlineMillis", pad.length().toMillis())
                .put("resultsOnTime", pad.onTime())
                .put("resultsLate", pad.late());
      }
    }
  }
}
