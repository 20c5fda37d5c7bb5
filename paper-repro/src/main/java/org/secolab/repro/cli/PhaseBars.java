package org.secolab.repro.cli;

import java.util.EnumMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.secolab.foundation.transport.Phase;
import org.secolab.protocol.inference.ProgressListener;

/** One progress bar for each phase, on standard error. */
final class PhaseBars implements ProgressListener, AutoCloseable {
  private final Map<Phase, ProgressBar> bars = new EnumMap<>(Phase.class);

  @Override
  public synchronized void step(Phase phase, int done, int total) {
    ProgressBar bar = bars.computeIfAbsent(phase, entered -> StepBar.bar(entered.label(), total));
    bar.stepTo(done);
    if (done == total) {
      bar.close();
    }
  }

  @Override
  public synchronized void close() {
    bars.values().forEach(ProgressBar::close);
  }
}
