package org.secolab.protocol.delphi;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.Guarantee;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.SecoProtocol;

/** Two parties: the user, and a server that the reports call gateway and that holds all layers. */
public final class DelphiProtocol implements InferenceProtocol {
  private final SecoProtocol layers = new SecoProtocol();

  @Override
  public String name() {
    return "delphi";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee(
        "semi-honest, static: the user, or the server",
        "one server holds the whole model in clear; the user takes part in every layer and learns"
            + " the shapes of all");
  }

  @Override
  public void check(FixedModel model, SplitPlan split, RunOptions options) {
    if (split.cut() != model.layers().size()) {
      throw new IllegalArgumentException(
          "split: expected all for delphi, got "
              + split.cut()
              + " of "
              + model.layers().size()
              + " layers");
    }
    layers.check(model, split, options);
  }

  @Override
  public InferencePlan plan(FixedModel model, SplitPlan split, RunOptions options, int inferences) {
    check(model, split, options);
    return layers.plan(model, split, options, inferences);
  }

  @Override
  public InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException {
    check(request.model(), request.split(), request.options());
    InferenceReport report = layers.run(request, progress, random);
    SequencedMap<PartyId, CostMeter> costs = new LinkedHashMap<>(report.costs());
    costs.keySet().removeAll(request.split().remotes());
    return new InferenceReport(
        report.outputs(),
        costs,
        report.peakMaterialBytes(),
        report.userParticipationNanos(),
        report.userWaitingNanos(),
        report.floodedCoefficients(),
        report.statisticalDistanceLog2(),
        report.views());
  }
}
