package org.secolab.protocol.inference;

import org.secolab.foundation.transport.NetworkShape;

/**
 * How a run is to go, beside what it computes.
 *
 * @param recordViews whether every party's traffic is kept and reported
 * @param network the network that is simulated, if any
 */
public record RunOptions(boolean recordViews, NetworkShape network) {
  /** Nothing kept, nothing unusual. */
  public static final RunOptions STANDARD = new RunOptions(false, NetworkShape.NONE);

  /** The same, with every party's traffic kept. */
  public RunOptions recordingViews() {
    return new RunOptions(true, network);
  }

  /** The same over a network of this shape. */
  public RunOptions over(NetworkShape shape) {
    return new RunOptions(recordViews, shape);
  }
}
