package org.secolab.protocol.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.MeteringChannel;
import org.secolab.foundation.transport.PartyClock;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.transport.ShapedChannel;

/**
 * A run of all parties in this process, its costs kept and, if asked for, its traffic.
 *
 * @param outcomes what each party is left with
 * @param costs each party's books
 * @param views every party's traffic, if it was asked for
 */
public record EmbeddedRun<R>(
    SequencedMap<PartyId, R> outcomes,
    SequencedMap<PartyId, CostMeter> costs,
    Map<PartyId, List<RecordingChannel.Entry>> views) {

  /**
   * Runs every program to its end.
   *
   * @param programs one for each party, in the order in which parties are reported
   * @param links what stands before each party's end of the network
   * @throws ProtocolAbortException the first abort, if a program aborted
   */
  public static <R> EmbeddedRun<R> of(
      SessionId id,
      SequencedMap<PartyId, EmbeddedParties.Program<R>> programs,
      RunOptions options,
      UnaryOperator<Channel> links)
      throws ProtocolAbortException {
    List<PartyId> parties = List.copyOf(programs.keySet());
    InMemoryNetwork network = new InMemoryNetwork(parties);
    SequencedMap<PartyId, CostMeter> costs = new LinkedHashMap<>();
    Map<PartyId, Session> sessions = new LinkedHashMap<>();
    Map<PartyId, List<RecordingChannel.Entry>> views = new LinkedHashMap<>();
    for (PartyId party : parties) {
      PartyClock clock = PartyClock.startingNow();
      CostMeter meter = new CostMeter(clock, options.events().apply(party));
      Channel channel =
          ShapedChannel.over(links.apply(network.channel(party)), options.network(), clock);
      if (party.equals(SplitPlan.GATEWAY)) {
        channel = TimePad.over(options.pads(), channel, clock);
      }
      if (options.recordViews()) {
        RecordingChannel recording = new RecordingChannel(channel);
        views.put(party, recording.entries());
        channel = recording;
      }
      costs.put(party, meter);
      sessions.put(
          party,
          new Session(
              id,
              new Roster(parties, party),
              new MeteringChannel(channel, meter),
              meter,
              options.recorder().orElse(null)));
    }
    SequencedMap<PartyId, R> outcomes =
        EmbeddedParties.run(
            network, programs, party -> Objects.requireNonNull(sessions.get(party)));
    return new EmbeddedRun<>(outcomes, costs, views);
  }
}
