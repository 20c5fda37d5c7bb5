package org.secolab.repro.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.modelio.fixed.FixedFormat;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartHeader;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.TimePad;
import org.secolab.protocol.seco.FloodedNoise;

/**
 * What one party can say after a run: its own costs, and the user its results. Nobody here knows
 * the whole model, so nothing is compared with plaintext.
 */
final class PartyReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Part part;
  private final NetworkShape network;
  private final PartyOutcome outcome;
  private final CostMeter meter;
  private final FloodedNoise flooded;
  private final List<TimePad> pads;

  /** A report; what is flooded is counted over all inferences under this run's keys. */
  PartyReport(
      Part part,
      NetworkShape network,
      PartyOutcome outcome,
      CostMeter meter,
      FloodedNoise flooded,
      List<TimePad> pads) {
    this.part = part;
    this.network = network;
    this.outcome = outcome;
    this.meter = meter;
    this.flooded = flooded;
    this.pads = pads;
  }

  private FixedFormat format() {
    return switch (part) {
      case UserPart user -> user.format();
      case ServerPart server -> server.model().format();
    };
  }

  /** Predictions, if this is the user, and a table of costs. */
  void print(@Nullable LabelledInputs inputs, PrintWriter out) {
    for (int i = 0; i < outcome.outputs().size() && inputs != null; i++) {
      var label = inputs.label(i);
      out.printf(
          "input %d: prediction %d%s%n",
          inputs.index(i),
          Outcome.prediction(format(), outcome.outputs().get(i)),
          label.isPresent() ? " (label " + label.getAsInt() + ")" : "");
    }
    out.println(RunningOptions.describe(network));
    pads.forEach(pad -> out.println(PadOptions.describe(pad)));
    CostTable.printHeader(out);
    CostTable.printRows(part.party(), meter, out);
    if (inputs != null) {
      CostTable.printUserTimes(
          outcome.participationNanos(), outcome.waitingNanos(), outcome.outputs().size(), out);
    }
    CostTable.printFlooding(flooded.coefficients(), flooded.statisticalDistanceLog2(), out);
  }

  /** The same as {@code infer --json}, as far as this party knows it. */
  void printJson(@Nullable LabelledInputs inputs, PrintWriter out) {
    PartHeader header = part.header();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("protocol", "seco");
    root.put("deployment", header.model().hex());
    root.put("split", header.split().cut());
    root.put("remoteServers", header.split().remoteServers());
    root.put("ringBits", format().modulus().bits());
    root.put("fractionBits", format().fractionBits());
    InferenceJson.putReveal(root, format());
    InferenceJson.putNetwork(root, network);
    PadOptions.put(root, pads);
    if (inputs != null) {
      ArrayNode items = root.putArray("items");
      for (int i = 0; i < outcome.outputs().size(); i++) {
        ObjectNode node = items.addObject();
        node.put("index", inputs.index(i));
        inputs.label(i).ifPresent(label -> node.put("label", label));
        long[] output = outcome.outputs().get(i);
        node.put("prediction", Outcome.prediction(format(), output));
        if (!format().revealsLabel()) {
          List<Double> logits = Arrays.stream(format().decodeOutput(output)).boxed().toList();
          InferenceJson.putLogits(node, logits, Outcome.logits(format(), output));
        }
      }
    }
    InferenceJson.putCosts(
        root.putObject("parties").putObject(part.party().name()),
        meter,
        outcome.peakMaterialBytes());
    if (inputs != null) {
      root.put("userParticipationMillis", outcome.participationNanos() / 1e6);
      root.put("userWaitingMillis", outcome.waitingNanos() / 1e6);
    }
    InferenceJson.putFlooding(root, flooded.coefficients(), flooded.statisticalDistanceLog2());
    try {
      out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and texts", e);
    }
  }
}
