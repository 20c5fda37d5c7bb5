package org.secolab.protocol.inference;

import java.util.List;
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
 * @param pads what the gateway holds back from the user
 * @param events who hears what each party does
 * @param linear how linear layers are packed
 */
public record RunOptions(
    boolean recordViews,
    NetworkShape network,
    Optional<RunRecorder> recorder,
    List<TimePad> pads,
    Function<PartyId, PartyEvents> events,
    LinearOptions linear) {
  /** Nothing kept, nothing unusual. */
  public static final RunOptions STANDARD =
      new RunOptions(
          false,
          NetworkShape.NONE,
          Optional.empty(),
          List.of(),
          _ -> PartyEvents.NONE,
          LinearOptions.STANDARD);

  /** The same, with every party's traffic kept. */
  public RunOptions recordingViews() {
    return new RunOptions(true, network, recorder, pads, events, linear);
  }

  /** The same over a network of this shape. */
  public RunOptions over(NetworkShape shape) {
    return new RunOptions(recordViews, shape, recorder, pads, events, linear);
  }

  /** The same, every view told to {@code newRecorder}. */
  public RunOptions recordedBy(RunRecorder newRecorder) {
    return new RunOptions(recordViews, network, Optional.of(newRecorder), pads, events, linear);
  }

  /** The same, with pads, which are for this run only. */
  public RunOptions padded(List<TimePad> newPads) {
    return new RunOptions(recordViews, network, recorder, List.copyOf(newPads), events, linear);
  }

  /** The same, with somebody who hears what each party does. */
  public RunOptions telling(Function<PartyId, PartyEvents> listeners) {
    return new RunOptions(recordViews, network, recorder, pads, listeners, linear);
  }

  /** The same, linear layers packed so. */
  public RunOptions packing(LinearOptions newLinear) {
    return new RunOptions(recordViews, network, recorder, pads, events, newLinear);
  }
}
