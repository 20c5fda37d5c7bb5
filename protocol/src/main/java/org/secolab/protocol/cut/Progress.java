package org.secolab.protocol.cut;

import java.util.EnumMap;
import java.util.Map;
import org.secolab.foundation.transport.Phase;
import org.secolab.protocol.inference.ProgressListener;

/** Counts finished layers, phase by phase; kept by the gateway, who takes part in all of them. */
public final class Progress {
  private final ProgressListener listener;
  private final Map<Phase, Integer> totals = new EnumMap<>(Phase.class);
  private final Map<Phase, Integer> done = new EnumMap<>(Phase.class);

  public Progress(ProgressListener listener, CutPlan plan, int inferences) {
    this.listener = listener;
    int cut = plan.split().cut();
    totals.put(Phase.SETUP_ONCE, 1);
    totals.put(Phase.SETUP_PER_INFERENCE, (plan.layers() - cut) * inferences);
    totals.put(Phase.PREPROCESSING, (cut + (plan.hasRemoteLayers() ? 1 : 0)) * inferences);
    totals.put(Phase.ONLINE, plan.layers() * inferences);
  }

  public void step(Phase phase) {
    int total = totals.getOrDefault(phase, 0);
    listener.step(phase, done.merge(phase, 1, Integer::sum), total);
  }
}
