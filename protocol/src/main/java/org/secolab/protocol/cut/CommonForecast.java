package org.secolab.protocol.cut;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.multiparty.GarblingParties;
import org.secolab.mpcgc.multiparty.GarblingTraffic;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * The part of a forecast that protocols with a cut have in common: keys, the layers between user
 * and gateway, the masked tensor at the cut, the result.
 */
public final class CommonForecast {
  private final FixedModel shapes;
  private final CutPlan plan;
  private final SplitPlan split;
  private final InferencePlan.Traffic traffic = new InferencePlan.Traffic();

  /** Of a run that is planned so. */
  public CommonForecast(FixedModel shapes, CutPlan plan) {
    this.shapes = shapes;
    this.plan = plan;
    this.split = plan.split();
  }

  /** What was added so far. */
  public InferencePlan.Traffic traffic() {
    return traffic;
  }

  private BfvParameters userParameters() {
    return plan.gateway().choice().parameters();
  }

  /** Of the layers behind the cut. */
  public BfvParameters serverParameters() {
    return plan.remote().choice().parameters();
  }

  /** A polynomial, whole. */
  public static long polynomial(BfvParameters parameters) {
    return RnsPolynomial.wireBytes(parameters.ring());
  }

  /** c_0 at selected places, without c_1. */
  public static long rounded(BfvParameters parameters, List<BitSet> positions) {
    return positions.stream()
        .mapToLong(wanted -> RoundedPolynomial.wireBytes(parameters, wanted.cardinality()))
        .sum();
  }

  /** A tensor. */
  public long residues(int count) {
    return WireWriter.packedBytes(count, plan.modulus().bits());
  }

  /** Adds {@code count} messages. */
  public void add(Scope scope, PartyId from, PartyId to, long bytes, int count) {
    traffic.add(scope, from, to, bytes, count);
  }

  /** Adds the messages of garbling, {@code count} times. */
  public GarblingTraffic garbling(GarblingParties parties, Scope scope, int count) {
    return new GarblingTraffic(
        parties, (from, to, payload) -> traffic.add(scope, from, to, payload, count));
  }

  /** Keys, and what garbling before the cut begins with. */
  public void setupOnce() {
    Scope scope = new Scope(Phase.SETUP_ONCE, 0);
    long userKey = PublicKey.seededWireBytes(userParameters().rlwe());
    long serverKeyPart = polynomial(serverParameters());
    add(scope, SplitPlan.USER, SplitPlan.GATEWAY, userKey, 1);
    if (plan.hasRemoteLayers()) {
      for (PartyId remote : split.remotes()) {
        add(scope, SplitPlan.GATEWAY, remote, userKey, 1);
      }
      for (PartyId from : split.servers()) {
        for (PartyId to : split.servers()) {
          if (!from.equals(to)) {
            add(scope, from, to, serverKeyPart, 1);
          }
        }
      }
      long serverKey = PublicKey.seededWireBytes(serverParameters().rlwe());
      add(scope, SplitPlan.GATEWAY, SplitPlan.USER, serverKey, 1);
    }
    if (!plan.gateway().activations().isEmpty()) {
      garbling(CutPlan.gatewayGarbling(), scope, 1).open();
    }
  }

  /** Layers 1..c, and that everything is there. */
  public void preprocessing(int count) {
    for (LinearLayer layer : plan.gateway().linear()) {
      Scope scope = new Scope(Phase.PREPROCESSING, layer.number());
      for (PackedConvolution packed : layer.packed()) {
        long polynomial = polynomial(userParameters());
        add(scope, SplitPlan.USER, SplitPlan.GATEWAY, 2L * packed.inputs() * polynomial, count);
        add(
            scope,
            SplitPlan.GATEWAY,
            SplitPlan.USER,
            rounded(userParameters(), packed.usedCoefficients()) + packed.outputs() * polynomial,
            count);
      }
    }
    boolean first = true;
    for (ActivationLayer layer : plan.gateway().activations()) {
      Scope scope = new Scope(Phase.PREPROCESSING, layer.number());
      GarblingTraffic garbling = garbling(CutPlan.gatewayGarbling(), scope, count);
      if (first) {
        garbling.inference();
      }
      first = false;
      garbling.batch(layer.twoParty(), layer.instances());
      garbling.onlineInput(layer.twoParty(), "client", layer.instances());
    }
    add(new Scope(Phase.PREPROCESSING, 0), SplitPlan.GATEWAY, SplitPlan.USER, 0, count);
  }

  /**
   * Input; for each activation on the gateway its labels and the user's answer; if layers are
   * remote, the tensor at the cut, for each activation share, question, answer and next tensor, and
   * the shares of the result; the result.
   */
  private int onlineTrips() {
    int gateway = 2 + 2 * plan.gateway().activations().size();
    return plan.hasRemoteLayers() ? gateway + 2 + 4 * plan.remote().activations().size() : gateway;
  }

  /** Layers 1..c, the tensor at the cut, the result. */
  public void online(int count) {
    traffic.addOnlineTrips(onlineTrips());
    add(
        new Scope(Phase.ONLINE, 0),
        SplitPlan.USER,
        SplitPlan.GATEWAY,
        residues(plan.inputSize()),
        count);
    for (ActivationLayer layer : plan.gateway().activations()) {
      Scope scope = new Scope(Phase.ONLINE, layer.number());
      garbling(CutPlan.gatewayGarbling(), scope, count)
          .onlineInput(layer.twoParty(), "server", layer.instances());
      add(scope, SplitPlan.USER, SplitPlan.GATEWAY, residues(layer.instances()), count);
    }
    Scope last = new Scope(Phase.ONLINE, plan.layers());
    if (!plan.hasRemoteLayers()) {
      add(last, SplitPlan.GATEWAY, SplitPlan.USER, residues(plan.outputSize()), count);
      return;
    }
    for (PartyId remote : split.remotes()) {
      Scope scope = new Scope(Phase.ONLINE, split.cut() + 1);
      add(scope, SplitPlan.GATEWAY, remote, residues(plan.cutSize()), count);
    }
    DensePacking packing = new DensePacking(plan.outputSize(), userParameters().degree());
    long share =
        rounded(userParameters(), packing.positions())
            + packing.polynomials() * polynomial(userParameters());
    for (PartyId remote : split.remotes()) {
      add(last, remote, SplitPlan.GATEWAY, share, count);
    }
    add(last, SplitPlan.GATEWAY, SplitPlan.USER, share, count);
  }

  /** How the encryption parameters were chosen. */
  public List<String> parameters() {
    List<String> lines = new ArrayList<>();
    plan.gateway().choice().explanation().forEach(line -> lines.add("user's key: " + line));
    if (plan.hasRemoteLayers()) {
      plan.remote().choice().explanation().forEach(line -> lines.add("servers' key: " + line));
    }
    return lines;
  }

  /**
   * Who computes which layer, and how.
   *
   * @param remoteCircuit how an activation behind the cut is described
   */
  public List<InferencePlan.PlannedLayer> layers(Function<ActivationLayer, String> remoteCircuit) {
    List<InferencePlan.PlannedLayer> layers = new ArrayList<>();
    for (int number = 1; number <= plan.layers(); number++) {
      boolean onGateway = split.onGateway(number);
      LayerPlan part = onGateway ? plan.gateway() : plan.remote();
      int index = (number - part.first()) / 2;
      FixedLayer layer = shapes.layer(number);
      layers.add(
          new InferencePlan.PlannedLayer(
              number,
              layer.name(),
              onGateway ? "gateway" : "remote servers",
              layer.inputShape() + " to " + layer.outputShape(),
              number % 2 == 1
                  ? packing(part.linear().get(index))
                  : onGateway
                      ? circuit(
                          part.activations().get(index), part.activations().get(index).twoParty())
                      : remoteCircuit.apply(part.activations().get(index))));
    }
    return layers;
  }

  private static String packing(LinearLayer layer) {
    return layer.packed().isEmpty()
        ? "no weights: every party on its own"
        : layer.packed().stream()
            .map(PackedConvolution::describe)
            .collect(Collectors.joining("; "));
  }

  /** A circuit's size, in words. */
  public static String circuit(ActivationLayer layer, Circuit circuit) {
    return layer.instances()
        + " times "
        + circuit.garbledAndCount()
        + " garbled ANDs"
        + (circuit.setupAndCount() > 0
            ? " (and " + circuit.setupAndCount() + " known in setup)"
            : "");
  }
}
