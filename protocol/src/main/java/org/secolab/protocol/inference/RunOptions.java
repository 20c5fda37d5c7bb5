package org.secolab.protocol.inference;

/**
 * How a run is to go, beside what it computes.
 *
 * @param recordViews whether every party's traffic is kept and reported
 */
public record RunOptions(boolean recordViews) {
  /** Nothing kept, nothing unusual. */
  public static final RunOptions STANDARD = new RunOptions(false);

  /** The same, with every party's traffic kept. */
  public RunOptions recordingViews() {
    return new RunOptions(true);
  }
}
