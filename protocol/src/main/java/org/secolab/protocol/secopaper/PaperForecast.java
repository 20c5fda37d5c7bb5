package org.secolab.protocol.secopaper;

import java.util.BitSet;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.multiparty.GarblingTraffic;
import org.secolab.protocol.cut.CommonForecast;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** Layers, parameters and traffic of a run of the printed protocols, worked out from its plan. */
final class PaperForecast {
  private final PaperPlan plan;
  private final CommonForecast common;
  private final int inferences;
  private boolean beginsInference = true;

  PaperForecast(FixedModel shapes, PaperPlan plan, int inferences) {
    this.plan = plan;
    this.common = new CommonForecast(shapes, plan.layers());
    this.inferences = inferences;
  }

  InferencePlan forecast() {
    common.setupOnce();
    if (plan.layers().hasRemoteLayers()) {
      setupOnce();
      setup(false);
      if (plan.needsCutShares()) {
        Scope scope = new Scope(Phase.PREPROCESSING, plan.cut() + 1);
        add(scope, SplitPlan.USER, Roles.A, 2L * plan.cutPacking().polynomials() * polynomial());
        opening(scope, plan.cutPacking().positions());
      }
      setup(true);
    }
    common.preprocessing(inferences);
    common.online(inferences);
    plan.remote().activations().forEach(this::online);
    return new InferencePlan(
        common.layers(layer -> CommonForecast.circuit(layer, layer.printed())),
        common.parameters(),
        common.traffic(),
        plan.floodedCoefficients(),
        plan.statisticalDistanceLog2(1));
  }

  private long polynomial() {
    return CommonForecast.polynomial(plan.parameters());
  }

  private void add(Scope scope, PartyId from, PartyId to, long bytes) {
    common.add(scope, from, to, bytes, inferences);
  }

  private void toGateway(Scope scope, long bytes) {
    Roles.REMOTES.forEach(remote -> add(scope, remote, Roles.A, bytes));
  }

  private void setupOnce() {
    Scope scope = new Scope(Phase.SETUP_ONCE, 0);
    long digits = plan.parameters().ring().size();
    long keyPolynomial = RnsPolynomial.wireBytes(plan.parameters().rlwe().keyRing());
    for (PartyId from : plan.layers().split().servers()) {
      for (PartyId to : plan.layers().split().servers()) {
        if (!from.equals(to)) {
          common.add(scope, from, to, 2 * digits * keyPolynomial, 1);
          common.add(scope, from, to, digits * keyPolynomial, 1);
          if (!plan.rotations().isEmpty()) {
            common.add(scope, from, to, digits * plan.rotations().size() * keyPolynomial, 1);
          }
        }
      }
    }
    if (!plan.remote().activations().isEmpty()) {
      GarblingTraffic garbling = common.garbling(plan.roles().garbling(), scope, 1);
      garbling.open();
      garbling.openForwarding(plan.roles().forwarder());
    }
    for (LinearLayer layer : plan.remote().linear()) {
      Scope weights = new Scope(Phase.SETUP_ONCE, layer.number());
      for (PackedConvolution packed : layer.packed()) {
        for (int size : EncryptedProduct.chunks(packed.weightPolynomials())) {
          for (PartyId remote : Roles.REMOTES) {
            common.add(weights, remote, Roles.A, 2L * size * polynomial(), 1);
          }
        }
      }
    }
  }

  /** Setup 2 and 3, of the layers that wait for the user or of those that do not. */
  private void setup(boolean awaitingUser) {
    Phase phase = awaitingUser ? Phase.PREPROCESSING : Phase.SETUP_PER_INFERENCE;
    for (LinearLayer layer : plan.remote().linear()) {
      if (plan.awaitsUser(layer) == awaitingUser) {
        Scope scope = new Scope(phase, layer.number());
        for (int branch = 0; branch < layer.branches().size(); branch++) {
          if (layer.packed(branch) != null) {
            product(scope, layer.packedAt(branch), plan.isAtCut(layer, branch));
          }
        }
      }
    }
    for (ActivationLayer layer : plan.remote().activations()) {
      if (plan.awaitsUser(layer.number()) == awaitingUser) {
        garble(new Scope(phase, layer.number()), layer);
      }
    }
  }

  private void product(Scope scope, PackedConvolution packed, boolean atCut) {
    long mask = 2L * packed.inputs() * polynomial();
    if (atCut) {
      add(scope, SplitPlan.USER, Roles.A, mask);
    } else {
      toGateway(scope, mask);
    }
    opening(scope, packed.usedCoefficients());
  }

  private void opening(Scope scope, List<BitSet> positions) {
    long c1 = positions.size() * polynomial();
    toGateway(scope, 2 * c1);
    Roles.REMOTES.forEach(remote -> add(scope, Roles.A, remote, c1));
    toGateway(scope, CommonForecast.rounded(plan.parameters(), positions));
  }

  private GarblingTraffic garbling(Scope scope) {
    return common.garbling(plan.roles().garbling(), scope, inferences);
  }

  private void garble(Scope scope, ActivationLayer layer) {
    Circuit circuit = layer.printed();
    GarblingTraffic garbling = garbling(scope);
    if (beginsInference) {
      garbling.inference();
    }
    beginsInference = false;
    garbling.batch(circuit, layer.instances());
    forwarded(garbling, circuit, ActivationCircuits.mask(1), layer);
    garbling.onlineInput(circuit, ActivationCircuits.mask(2), layer.instances());
    shareOf(Roles.A, garbling, circuit, layer);
  }

  /** The share of the forwarder or the evaluator. */
  private void shareOf(
      PartyId server, GarblingTraffic garbling, Circuit circuit, ActivationLayer layer) {
    if (server.equals(plan.roles().forwarder())) {
      forwarded(garbling, circuit, ActivationCircuits.share(1), layer);
    } else {
      garbling.onlineInput(circuit, ActivationCircuits.share(2), layer.instances());
    }
  }

  private void forwarded(
      GarblingTraffic garbling, Circuit circuit, String name, ActivationLayer layer) {
    garbling.forwardedInput(circuit, name, layer.instances(), plan.roles().forwarder());
  }

  private void online(ActivationLayer layer) {
    Scope scope = new Scope(Phase.ONLINE, layer.number());
    Circuit circuit = layer.printed();
    GarblingTraffic garbling = garbling(scope);
    garbling.onlineInput(circuit, ActivationCircuits.share(0), layer.instances());
    shareOf(Roles.C, garbling, circuit, layer);
    for (PartyId remote : Roles.REMOTES) {
      if (!remote.equals(plan.roles().evaluator())) {
        add(scope, plan.roles().evaluator(), remote, common.residues(layer.instances()));
      }
    }
  }
}
