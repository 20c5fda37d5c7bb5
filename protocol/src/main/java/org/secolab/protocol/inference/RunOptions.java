package org.secolab.protocol.inference;

import java.util.Optional;
import java.util.function.Function;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.foundation.transport.PartyEvents;

/**
 * How a run is to go, beside what it computes.
 *
 * @param recordViews whether every party's traffic is kept and reported
 * @param network the network that is simulated, if any
 * @param recorder told of every party's view as the run goes on
 * @param pad how long results are held back, if they are
 * @param events who hears what each party does
 * @param linear how linear layers are packed
 */
public record RunOptions(
    boolean recordViews,
    NetworkShape network,
    Optional<RunRecorder> recorder,
    Optional<OnlinePad> pad,
    Function<PartyId, PartyEvents> events,
    LinearOptions linear) {
  /** Nothing kept, nothing unusual. */
  public static final RunOptions STANDARD =
      new RunOptions(
          false,
          NetworkShape.NONE,
          Optional.empty(),
          Optional.empty(),
          _ -> PartyEvents.NONE,
          LinearOptions.STANDARD);

  /** The same, with every party's traffic kept. */
  public RunOptions recordingViews() {
    return new RunOptions(true, network, recorder, pad, events, linear);
  }

  /** The same over a network of this shape. */
  public RunOptions over(NetworkShape shape) {
    return new RunOptions(recordViews, shape, recorder, pad, events, linear);
  }

  /** The same, every view told to {@code newRecorder}. */
  public RunOptions recordedBy(RunRecorder newRecorder) {
    return new RunOptions(recordViews, network, Optional.of(newRecorder), pad, events, linear);
  }

  /** The same, results held back by {@code newPad}, which is for this run only. */
  public RunOptions padded(OnlinePad newPad) {
    return new RunOptions(recordViews, network, recorder, Optional.of(newPad), events, linear);
  }

  /** The same, with somebody who hears what each party does. */
  public RunOptions telling(Function<PartyId, PartyEvents> listeners) {
    return new RunOptions(recordViews, network, recorder, pad, listeners, linear);
  }

  /** The same, linear layers packed so. */
  public RunOptions packing(LinearOptions newLinear) {
    return new RunOptions(recordViews, network, recorder, pad, events, newLinear);
  }
}
