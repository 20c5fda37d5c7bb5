package org.secolab.protocol.inference;

import org.secolab.foundation.transport.Phase;

/**
 * Hears how far a run is; called from the parties' threads, so implementations must be thread-safe.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener SILENT = (_, _, _) -> {};

  /**
   * Something was finished.
   *
   * @param phase the phase under way
   * @param done steps of this phase finished so far, over all inferences of the run
   * @param total steps of this phase in the run
   */
  void step(Phase phase, int done, int total);
}
