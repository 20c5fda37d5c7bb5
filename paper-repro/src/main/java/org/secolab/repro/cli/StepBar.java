package org.secolab.repro.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One progress bar for a task of counted steps, on standard error. */
final class StepBar implements AutoCloseable {
  private final ProgressBar bar;

  /** A bar that is full after {@code steps} steps. */
  StepBar(String task, long steps) {
    bar = bar(task, steps);
  }

  /** The look of all bars. */
  static ProgressBar bar(String task, long steps) {
    return new ProgressBarBuilder()
        .setTaskName(String.format("%-17s", task))
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(78)
        .build();
  }

  /** One step is done. */
  void step() {
    bar.step();
  }

  @Override
  public void close() {
    bar.close();
  }
}
