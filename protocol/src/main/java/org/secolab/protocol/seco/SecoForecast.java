package org.secolab.protocol.seco;

import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.mpcgc.multiparty.GarblingTraffic;
import org.secolab.protocol.cut.CommonForecast;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** Layers, parameters and traffic of a run, worked out from its plan. */
final class SecoForecast {
  private final SecoPlan plan;
  private final SplitPlan split;
  private final CommonForecast common;

  SecoForecast(FixedModel shapes, SecoPlan plan) {
    this.plan = plan;
    this.split = plan.split();
    this.common = new CommonForecast(shapes, plan.layers());
  }

  InferencePlan of(int inferences) {
    setupOnce();
    if (plan.layers().hasRemoteLayers()) {
      setup(inferences);
    }
    preprocessing(inferences);
    online(inferences);
    return new InferencePlan(
        common.layers(this::circuit),
        common.parameters(),
        common.traffic(),
        plan.flooded().coefficients(),
        plan.flooded().statisticalDistanceLog2());
  }

  private void setupOnce() {
    common.setupOnce();
    if (!plan.remote().activations().isEmpty()) {
      common.garbling(plan.remoteGarbling(), new Scope(Phase.SETUP_ONCE, 0), 1).open();
    }
  }

  private void setup(int count) {
    for (LinearLayer layer : plan.remote().linear()) {
      Scope scope = new Scope(Phase.SETUP_PER_INFERENCE, layer.number());
      for (PackedConvolution packed : layer.packed()) {
        maskedProduct(scope, packed, count);
      }
    }
    boolean first = true;
    for (ActivationLayer layer : plan.remote().activations()) {
      Scope scope = new Scope(Phase.SETUP_PER_INFERENCE, layer.number());
      GarblingTraffic garbling = common.garbling(plan.remoteGarbling(), scope, count);
      if (first) {
        garbling.inference();
      }
      first = false;
      garbling.batch(layer.shared(plan.garblers().size()), layer.instances());
    }
  }

  private void maskedProduct(Scope scope, PackedConvolution packed, int count) {
    long mask = 2L * packed.inputs() * CommonForecast.polynomial(common.serverParameters());
    long c0 = CommonForecast.rounded(common.serverParameters(), packed.usedCoefficients());
    long c1 = packed.outputs() * CommonForecast.polynomial(common.serverParameters());
    for (PartyId remote : split.remotes()) {
      common.add(scope, SplitPlan.GATEWAY, remote, mask, count);
      common.add(scope, remote, SplitPlan.GATEWAY, c0 + c1, count);
      common.add(scope, remote, SplitPlan.GATEWAY, c0, count);
      for (PartyId other : split.remotes()) {
        if (!other.equals(remote)) {
          common.add(scope, remote, other, mask, count);
          common.add(scope, remote, other, c1, count);
        }
      }
    }
  }

  private void preprocessing(int count) {
    common.preprocessing(count);
    if (plan.layers().hasRemoteLayers()) {
      transition(count);
    }
  }

  private void transition(int count) {
    Scope scope = new Scope(Phase.PREPROCESSING, split.cut() + 1);
    DensePacking packing = new DensePacking(plan.cutSize(), common.serverParameters().degree());
    long c1 = packing.polynomials() * CommonForecast.polynomial(common.serverParameters());
    long c0 = CommonForecast.rounded(common.serverParameters(), packing.positions());
    common.add(scope, SplitPlan.USER, SplitPlan.GATEWAY, 2 * c1, count);
    for (PartyId remote : split.remotes()) {
      common.add(scope, SplitPlan.GATEWAY, remote, c1, count);
      common.add(scope, remote, SplitPlan.GATEWAY, c0 + c1, count);
      common.add(scope, remote, SplitPlan.GATEWAY, c0, count);
      for (PartyId other : split.remotes()) {
        if (!other.equals(remote)) {
          common.add(scope, remote, other, c1, count);
        }
      }
    }
  }

  private void online(int count) {
    common.online(count);
    for (ActivationLayer layer : plan.remote().activations()) {
      remoteActivation(layer, count);
    }
  }

  private void remoteActivation(ActivationLayer layer, int count) {
    Scope scope = new Scope(Phase.ONLINE, layer.number());
    common
        .garbling(plan.remoteGarbling(), scope, count)
        .onlineInput(layer.shared(plan.garblers().size()), "y", layer.instances());
    for (PartyId garbler : plan.garblers()) {
      if (!garbler.equals(SplitPlan.GATEWAY)) {
        common.add(scope, garbler, plan.evaluator(), common.residues(layer.inputSize()), count);
        common.add(scope, plan.evaluator(), garbler, common.residues(layer.instances()), count);
      }
    }
  }

  private String circuit(ActivationLayer layer) {
    return CommonForecast.circuit(layer, layer.shared(plan.garblers().size()));
  }
}
