package org.secolab.protocol.inference;

import java.util.Optional;
import org.secolab.foundation.transport.NetworkShape;

/**
 * How a run is to go, beside what it computes.
 *
 * @param recordViews whether every party's traffic is kept and reported
 * @param network the network that is simulated, if any
 * @param recorder told of every party's view as the run goes on
 * @param pad how long results are held back, if they are
 */
public record RunOptions(
    boolean recordViews,
    NetworkShape network,
    Optional<RunRecorder> recorder,
    Optional<OnlinePad> pad) {
  /** Nothing kept, nothing unusual. */
  public static final RunOptions STANDARD =
      new RunOptions(false, NetworkShape.NONE, Optional.empty(), Optional.empty());

  /** The same, with every party's traffic kept. */
  public RunOptions recordingViews() {
    return new RunOptions(true, network, recorder, pad);
  }

  /** The same over a network of this shape. */
  public RunOptions over(NetworkShape shape) {
    return new RunOptions(recordViews, shape, recorder, pad);
  }

  /** The same, every view told to {@code newRecorder}. */
  public RunOptions recordedBy(RunRecorder newRecorder) {
    return new RunOptions(recordViews, network, Optional.of(newRecorder), pad);
  }

  /** The same, results held back by {@code newPad}, which is for this run only. */
  public RunOptions padded(OnlinePad newPad) {
    return new RunOptions(recordViews, network, recorder, Optional.of(newPad));
  }
}
