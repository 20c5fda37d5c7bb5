package org.secolab.protocol.clear;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.Guarantee;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** The user evaluates the whole model himself, in clear. */
public final class ClearProtocol implements InferenceProtocol {
  @Override
  public String name() {
    return "clear";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee("nobody", "no cryptography: the user sees the whole model");
  }

  @Override
  public void check(FixedModel model, SplitPlan split, RunOptions options) {
    split.check(model);
  }

  @Override
  public InferencePlan plan(FixedModel model, SplitPlan split, RunOptions options, int inferences) {
    split.check(model);
    List<InferencePlan.PlannedLayer> layers = new ArrayList<>();
    for (int number = 1; number <= model.layers().size(); number++) {
      FixedLayer layer = model.layer(number);
      layers.add(
          new InferencePlan.PlannedLayer(
              number,
              layer.name(),
              "user",
              layer.inputShape() + " to " + layer.outputShape(),
              "in clear"));
    }
    return new InferencePlan(
        layers, List.of(), new InferencePlan.Traffic(), 0, Double.NEGATIVE_INFINITY);
  }

  @Override
  public InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random) {
    CostMeter meter = new CostMeter();
    meter.enter(new Scope(Phase.ONLINE, 0));
    long start = System.nanoTime();
    List<long[]> outputs = new ArrayList<>();
    for (long[] input : request.inputs()) {
      outputs.add(FixedPointInterpreter.run(request.model(), input));
      progress.step(Phase.ONLINE, outputs.size(), request.inputs().size());
    }
    meter.leave();
    long nanos = System.nanoTime() - start;
    SequencedMap<PartyId, CostMeter> costs = new LinkedHashMap<>(Map.of(SplitPlan.USER, meter));
    return new InferenceReport(
        outputs,
        costs,
        Map.of(SplitPlan.USER, 0L),
        nanos,
        nanos,
        0,
        Double.NEGATIVE_INFINITY,
        Map.of());
  }
}
