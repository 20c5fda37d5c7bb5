package org.secolab.repro.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedFormat;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** The JSON object that {@code infer --json} prints. */
final class InferenceJson {
  static final String INSECURE_NOTICE =
      "INSECURE: all randomness of this run comes from --seed; use it for tests only";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private InferenceJson() {}

  static void print(
      String protocol,
      SplitPlan split,
      RunOptions options,
      Outcome outcome,
      boolean seeded,
      PrintWriter out) {
    try {
      out.println(
          MAPPER
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(tree(protocol, split, options, outcome, seeded)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and texts", e);
    }
  }

  /** The object itself. */
  static ObjectNode tree(
      String protocol, SplitPlan split, RunOptions options, Outcome outcome, boolean seeded) {
    InferenceReport report = outcome.report();
    ObjectNode root = MAPPER.createObjectNode();
    if (seeded) {
      root.put("notice", INSECURE_NOTICE);
    }
    root.put("protocol", protocol);
    root.put("model", outcome.model().name());
    root.put("split", split.cut());
    root.put("remoteServers", split.remoteServers());
    root.put("ringBits", outcome.model().modulus().bits());
    root.put("fractionBits", outcome.model().fractionBits());
    putReveal(root, outcome.model().format());
    putNetwork(root, options.network());
    PadOptions.put(root, options.pads());
    ArrayNode items = root.putArray("items");
    for (Outcome.Item item : outcome.items()) {
      ObjectNode node = items.addObject();
      node.put("index", item.index());
      item.label().ifPresent(label -> node.put("label", label));
      node.put("prediction", item.prediction());
      putLogits(node, item.logits(), item.fixedPointLogits());
      node.put("matchesClear", item.matchesClear());
    }
    ObjectNode parties = root.putObject("parties");
    for (PartyId party : report.costs().keySet()) {
      CostMeter meter = report.costs().get(party);
      if (meter == null) {
        throw new AssertionError("every party has its books");
      }
      putCosts(
          parties.putObject(party.name()),
          meter,
          report.peakMaterialBytes().getOrDefault(party, 0L));
    }
    putCostsByLayer(root.putArray("costsByLayer"), report);
    root.put("userParticipationMillis", report.userParticipationNanos() / 1e6);
    root.put("userWaitingMillis", report.userWaitingNanos() / 1e6);
    putFlooding(root, report.floodedCoefficients(), report.statisticalDistanceLog2());
    return root;
  }

  /** What rests on noise flooding. */
  static void putFlooding(ObjectNode node, long coefficients, double statisticalDistanceLog2) {
    node.put("floodedCoefficients", coefficients);
    if (coefficients > 0) {
      node.put("statisticalDistanceLog2", statisticalDistanceLog2);
    }
  }

  /** What the user learns. */
  static void putReveal(ObjectNode node, FixedFormat format) {
    node.put("reveal", format.revealsLabel() ? "label" : "logits");
  }

  /** The output of an inference; nothing, if the class is all that is revealed. */
  static void putLogits(ObjectNode node, List<Double> logits, List<Long> fixedPointLogits) {
    if (!logits.isEmpty()) {
      logits.forEach(node.putArray("logits")::add);
      fixedPointLogits.forEach(node.putArray("fixedPointLogits")::add);
    }
  }

  /** Which network the times are of. */
  static void putNetwork(ObjectNode node, NetworkShape network) {
    node.put("network", network.toString());
    node.put("networkSimulated", network.isSimulated());
  }

  /** One party's books. */
  static void putCosts(ObjectNode node, CostMeter meter, long peakMaterialBytes) {
    for (Phase phase : Phase.values()) {
      Cost cost = meter.total(phase);
      ObjectNode entry = node.putObject(phase.label());
      entry.put("bytesSent", cost.bytesSent());
      entry.put("bytesReceived", cost.bytesReceived());
      entry.put("messages", cost.messagesSent());
      entry.put("rounds", cost.rounds());
      entry.put("cpuMillis", cost.cpuNanos() / 1e6);
      entry.put("wallMillis", cost.wallNanos() / 1e6);
    }
    node.put("peakMaterialBytes", peakMaterialBytes);
  }

  /**
   * Where the totals come from: one entry for each party, phase and layer; 0: none in particular.
   */
  private static void putCostsByLayer(ArrayNode entries, InferenceReport report) {
    report
        .costs()
        .forEach(
            (party, meter) ->
                meter
                    .costs()
                    .forEach(
                        (scope, cost) -> {
                          ObjectNode entry = entries.addObject();
                          entry.put("party", party.name());
                          entry.put("phase", scope.phase().label());
                          entry.put("layer", scope.layer());
                          entry.put("bytesSent", cost.bytesSent());
                          entry.put("bytesReceived", cost.bytesReceived());
                          entry.put("cpuMillis", cost.cpuNanos() / 1e6);
                        }));
  }
}
