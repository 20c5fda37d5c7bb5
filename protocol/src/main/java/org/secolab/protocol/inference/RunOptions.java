package org.secolab.protocol.inference;

import java.util.Optional;
import org.secolab.foundation.transport.NetworkShape;

/**
 * How a run is to go, beside what it computes.
 *
 * @param recordViews whether every party's traffic is kept and reported
 * @param network the network that is simulated, if any
 * @param recorder told of every party's view as the run goes on
 */
public record RunOptions(
    boolean recordViews, NetworkShape network, Optional<RunRecorder> recorder) {
  /** Nothing kept, nothing unusual. */
  public static final RunOptions STANDARD =
      new RunOptions(false, NetworkShape.NONE, Optional.empty());

  /** The same, with every party's traffic kept. */
  public RunOptions recordingViews() {
    return new RunOptions(true, network, recorder);
  }

  /** The same over a network of this shape. */
  public RunOptions over(NetworkShape shape) {
    return new RunOptions(recordViews, shape, recorder);
  }

  /** The same, every view told to {@code newRecorder}. */
  public RunOptions recordedBy(RunRecorder newRecorder) {
    return new RunOptions(recordViews, network, Optional.of(newRecorder));
  }
}
