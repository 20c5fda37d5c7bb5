package org.secolab.repro.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.RangeReport;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferencePlan.Traffic;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.SplitPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco plan}: what a run would look like, without cryptography. */
@Command(
    name = "plan",
    description =
        "Without any cryptography: who holds which layer, packing, gates, bits, parameters, and the"
            + " bytes of every party, phase and link.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private NumberOptions model = new NumberOptions();
  @Mixin private SplitOptions splitOptions = new SplitOptions();
  @Mixin private RunningOptions running = new RunningOptions();
  @Mixin private InputOptions input = new InputOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ModelFormatException, InputFormatException {
    InferenceProtocol protocol = model.protocol();
    Model floatModel = model.floatModel();
    List<float[]> calibration =
        input.isGiven() ? input.read(floatModel, model.file()).tensors() : List.of();
    QuantisedModel quantised =
        model.quantise(floatModel, input.preprocessing(model.file()).range(), calibration);
    SplitPlan split = splitOptions.split(quantised);
    int inferences = Math.max(1, calibration.size());
    InferencePlan plan = protocol.plan(quantised.model(), split, running.options(), inferences);
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(protocol, quantised, split, plan, inferences, out);
    } else {
      print(protocol, quantised, split, plan, out);
      printTimes(plan, inferences, out);
    }
    return ExitCodes.DONE;
  }

  private static void print(
      InferenceProtocol protocol,
      QuantisedModel quantised,
      SplitPlan split,
      InferencePlan plan,
      PrintWriter out) {
    out.printf(
        "protocol %s, model %s, %d layers, split %d, %d remote servers, ring %s, %d fraction"
            + " bits%n%n",
        protocol.name(),
        quantised.model().name(),
        quantised.model().layers().size(),
        split.cut(),
        split.remoteServers(),
        quantised.model().modulus(),
        quantised.model().fractionBits());
    for (InferencePlan.PlannedLayer layer : plan.layers()) {
      out.printf(
          "%3d  %-14s %-26s %s%n", layer.number(), layer.holder(), layer.what(), layer.how());
    }
    out.println();
    for (RangeReport.LayerRange range : quantised.ranges().layers()) {
      out.printf(
          Locale.ROOT,
          "layer %d needs at most %.2f bits%s%n",
          range.layer(),
          range.provenBits(),
          range.observedBits().isPresent()
              ? String.format(Locale.ROOT, ", %.2f observed", range.observedBits().getAsDouble())
              : "");
    }
    String notice = NumberOptions.rangeNotice(quantised);
    if (!notice.isEmpty()) {
      out.println(notice);
    }
    out.println();
    plan.parameters().forEach(out::println);
    if (plan.floodedCoefficients() > 0) {
      out.printf(
          Locale.ROOT,
          "each inference floods %,d coefficients, total statistical distance 2^%.1f%n",
          plan.floodedCoefficients(),
          plan.statisticalDistanceLog2());
    }
    out.printf("%n%-18s %-20s %10s %14s%n", "phase", "link", "messages", "bytes");
    for (Phase phase : Phase.values()) {
      for (PartyId from : split.parties()) {
        for (PartyId to : split.parties()) {
          Traffic.Volume volume = total(plan.traffic(), phase, from, to);
          if (volume.messages() > 0) {
            out.printf(
                Locale.ROOT,
                "%-18s %-20s %,10d %,14d%n",
                phase.label(),
                from + " > " + to,
                volume.messages(),
                volume.bytes());
          }
        }
      }
    }
  }

  /** What goes from one party to another in a phase; null stands for anybody. */
  private static Traffic.Volume total(
      Traffic traffic, Phase phase, @Nullable PartyId from, @Nullable PartyId to) {
    long messages = 0;
    long bytes = 0;
    for (Map.Entry<Traffic.Flow, Traffic.Volume> entry : traffic.flows().entrySet()) {
      Traffic.Flow flow = entry.getKey();
      if (flow.scope().phase() == phase
          && (from == null || flow.from().equals(from))
          && (to == null || flow.to().equals(to))) {
        messages += entry.getValue().messages();
        bytes += entry.getValue().bytes();
      }
    }
    return new Traffic.Volume(messages, bytes);
  }

  /** What the network alone takes. */
  private void printTimes(InferencePlan plan, int inferences, PrintWriter out) {
    NetworkShape network = running.network();
    if (!network.isSimulated()) {
      return;
    }
    out.printf("%non a network of %s (bandwidth of each party's line, round trip),%n", network);
    out.println("transmission alone, without any computing, takes at least");
    for (Phase phase : Phase.values()) {
      out.printf(
          Locale.ROOT,
          "%-18s %,12.1f ms%n",
          phase.label(),
          plan.traffic().leastNanos(phase, network, inferences) / 1e6);
    }
    out.printf(
        "from input to result %d messages wait for one another, half a round trip each%n",
        plan.traffic().onlineTrips());
  }

  private void printJson(
      InferenceProtocol protocol,
      QuantisedModel quantised,
      SplitPlan split,
      InferencePlan plan,
      int inferences,
      PrintWriter out) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("protocol", protocol.name());
    root.put("model", quantised.model().name());
    root.put("split", split.cut());
    root.put("remoteServers", split.remoteServers());
    root.put("ringBits", quantised.model().modulus().bits());
    root.put("fractionBits", quantised.model().fractionBits());
    InferenceJson.putReveal(root, quantised.model().format());
    InferenceJson.putNetwork(root, running.network());
    ArrayNode layers = root.putArray("layers");
    for (InferencePlan.PlannedLayer layer : plan.layers()) {
      ObjectNode node = layers.addObject();
      node.put("number", layer.number());
      node.put("name", layer.name());
      node.put("holder", layer.holder());
      node.put("what", layer.what());
      node.put("how", layer.how());
    }
    ArrayNode parameters = root.putArray("parameters");
    plan.parameters().forEach(parameters::add);
    ObjectNode parties = root.putObject("parties");
    for (PartyId party : split.parties()) {
      ObjectNode node = parties.putObject(party.name());
      for (Phase phase : Phase.values()) {
        ObjectNode entry = node.putObject(phase.label());
        Traffic.Volume sent = total(plan.traffic(), phase, party, null);
        entry.put("bytesSent", sent.bytes());
        entry.put("bytesReceived", total(plan.traffic(), phase, null, party).bytes());
        entry.put("messages", sent.messages());
      }
    }
    ObjectNode least = root.putObject("leastNetworkMillis");
    for (Phase phase : Phase.values()) {
      least.put(
          phase.label(), plan.traffic().leastNanos(phase, running.network(), inferences) / 1e6);
    }
    root.put("onlineTrips", plan.traffic().onlineTrips());
    root.put("floodedCoefficients", plan.floodedCoefficients());
    if (plan.floodedCoefficients() > 0) {
      root.put("statisticalDistanceLog2", plan.statisticalDistanceLog2());
    }
    try {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and texts", e);
    }
  }
}
