package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What one run cost: the row of every experiment. As JSON, the result of a job.
 *
 * @param point what was run: one inference, all parties embedded
 * @param provenance where and when
 * @param layers of the model
 * @param equalsPlaintext whether the output equals the plaintext interpreter's, bit for bit
 * @param costs by party, phase and layer
 * @param flows measured traffic of each directed link
 * @param predicted the same, as the plan said before the run
 * @param peakMaterialBytes the most one-time material each party held
 * @param userParticipationMillis online, until the user only waits
 * @param userWaitingMillis online, until the result
 * @param floodedCoefficients coefficients whose secrecy rests on flooding
 * @param statisticalDistanceLog2 of all of them; 0 if there are none
 */
public record Measurement(
    Point point,
    Provenance provenance,
    int layers,
    boolean equalsPlaintext,
    List<Entry> costs,
    List<Flow> flows,
    List<Flow> predicted,
    Map<String, Long> peakMaterialBytes,
    double userParticipationMillis,
    double userWaitingMillis,
    long floodedCoefficients,
    double statisticalDistanceLog2) {
  /** A party's cost of a phase for a layer; 0: for none in particular. */
  public record Entry(String party, Phase phase, int layer, Cost cost) {}

  /** What goes over a directed link in a phase for a layer. */
  public record Flow(Phase phase, int layer, String from, String to, long messages, long bytes) {}

  public Measurement {
    costs = List.copyOf(costs);
    flows = List.copyOf(flows);
    predicted = List.copyOf(predicted);
    peakMaterialBytes = Map.copyOf(peakMaterialBytes);
  }

  /**
   * Runs a point on an input drawn from a fixed seed.
   *
   * @throws ModelFormatException if there is no such model
   * @throws ProtocolAbortException if a party broke the protocol
   * @throws IllegalArgumentException if the protocol cannot run it
   */
  public static Measurement of(Point point) throws ModelFormatException, ProtocolAbortException {
    InferenceProtocol protocol = InferenceProtocol.named(point.protocol());
    FixedModel model = Networks.fixed(point);
    InferencePlan plan = protocol.plan(model, point.plan(), point.options(), 1);
    long[] input = model.encodeInput(input(model));
    InferenceRequest request =
        new InferenceRequest(model, point.plan(), List.of(input), point.options());
    InferenceReport report = protocol.run(request, ProgressListener.SILENT, new SystemRandom());
    boolean equal =
        Arrays.equals(report.outputs().getFirst(), FixedPointInterpreter.run(model, input));
    return of(point, model.layers().size(), equal, report, flows(plan));
  }

  /** A run that somebody else made. */
  public static Measurement of(
      Point point, int layers, boolean equal, InferenceReport report, List<Flow> predicted) {
    List<Entry> entries = new ArrayList<>();
    List<Flow> flows = new ArrayList<>();
    report
        .costs()
        .forEach(
            (party, meter) -> {
              meter
                  .costs()
                  .forEach(
                      (scope, cost) -> {
                        // With everything on the gateway, what the cut costs has no layer behind
                        // it.
                        int layer = scope.layer() > layers ? 0 : scope.layer();
                        entries.add(new Entry(party.name(), scope.phase(), layer, cost));
                      });
              meter.links().forEach((link, cost) -> flows.addAll(sent(party, link, cost)));
            });
    Map<String, Long> peaks = new TreeMap<>();
    report.peakMaterialBytes().forEach((party, bytes) -> peaks.put(party.name(), bytes));
    return new Measurement(
        point,
        Provenance.here(),
        layers,
        equal,
        entries,
        flows,
        predicted,
        peaks,
        report.userParticipationNanos() / 1e6,
        report.userWaitingNanos() / 1e6,
        report.floodedCoefficients(),
        report.floodedCoefficients() == 0 ? 0 : report.statisticalDistanceLog2());
  }

  private static float[] input(FixedModel model) {
    long[] words = new long[model.inputShape().size()];
    SeededRandom.ofInsecureNumber(2).fill(words);
    float[] input = new float[words.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = (words[i] >>> 40) * 0x1p-24f;
    }
    return input;
  }

  private static List<Flow> sent(PartyId party, CostMeter.Link link, Cost cost) {
    return cost.messagesSent() == 0
        ? List.of()
        : List.of(
            new Flow(
                link.scope().phase(),
                link.scope().layer(),
                party.name(),
                link.peer().name(),
                cost.messagesSent(),
                cost.bytesSent()));
  }

  /** The traffic of a plan. */
  public static List<Flow> flows(InferencePlan plan) {
    return plan.traffic().flows().entrySet().stream()
        .map(
            entry ->
                new Flow(
                    entry.getKey().scope().phase(),
                    entry.getKey().scope().layer(),
                    entry.getKey().from().name(),
                    entry.getKey().to().name(),
                    entry.getValue().messages(),
                    entry.getValue().bytes()))
        .toList();
  }

  /** The parties in order, user first. */
  public List<String> parties() {
    return point.plan().parties().stream().map(PartyId::name).toList();
  }

  /** What the parties and phases that {@code which} takes cost together. */
  public Cost total(Predicate<Entry> which) {
    return costs.stream().filter(which).map(Entry::cost).reduce(Cost.ZERO, Cost::plus);
  }

  /** What a phase cost a party. */
  public Cost total(String party, Phase phase) {
    return total(entry -> entry.party().equals(party) && entry.phase() == phase);
  }

  /** Bytes on the links that {@code which} takes. */
  public static long bytes(Stream<Flow> flows, Predicate<Flow> which) {
    return flows.filter(which).mapToLong(Flow::bytes).sum();
  }

  /** Sent and received by the user in some phases, measured or predicted. */
  public static long userBytes(List<Flow> flows, Predicate<Phase> phases) {
    String user = SplitPlan.USER.name();
    return bytes(
        flows.stream(),
        flow -> phases.test(flow.phase()) && (flow.from().equals(user) || flow.to().equals(user)));
  }

  /** Between servers in some phases, measured or predicted. */
  public static long serverBytes(List<Flow> flows, Predicate<Phase> phases) {
    String user = SplitPlan.USER.name();
    return bytes(
        flows.stream(),
        flow -> phases.test(flow.phase()) && !flow.from().equals(user) && !flow.to().equals(user));
  }

  /** Whether the plan knew every link's bytes of every phase and layer. */
  public boolean isPredictedExactly() {
    return Set.copyOf(flows).equals(Set.copyOf(predicted));
  }

  /** The longest wall time of a server in a phase. */
  public double serversWallMillis(Phase phase) {
    return point.plan().servers().stream()
        .mapToDouble(server -> total(server.name(), phase).wallNanos() / 1e6)
        .max()
        .orElse(0);
  }
}
