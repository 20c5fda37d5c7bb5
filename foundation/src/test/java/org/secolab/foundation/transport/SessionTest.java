package org.secolab.foundation.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;

final class SessionTest {
  private static final List<PartyId> PARTIES =
      List.of(new PartyId("a"), new PartyId("b"), new PartyId("c"));
  private static final SessionId ID = new SessionId(1, 2);

  private static final AtomicInteger SHAPES_ASKED_FOR = new AtomicInteger();

  private record Number(long value) implements Message {
    static final MessageType<Number> TYPE =
        new MessageType<>(0x7001, "number", "test", in -> new Number(in.i64()));

    @Override
    public void writeTo(WireWriter out) {
      out.i64(value);
    }

    @Override
    public String shape() {
      SHAPES_ASKED_FOR.incrementAndGet();
      return "one number";
    }
  }

  /** Everybody tells everybody a number; the result is the sum. */
  private static final class Sum implements Round<Number, Long> {
    private final Roster roster;
    private final Outbox<Number> outbox;
    private final long own;

    Sum(Roster roster, long own) {
      this.roster = roster;
      this.own = own;
      outbox = Outbox.toAll(roster.others(), new Number(own));
    }

    @Override
    public MessageType<Number> type() {
      return Number.TYPE;
    }

    @Override
    public Outbox<Number> outbox() {
      return outbox;
    }

    @Override
    public Set<PartyId> senders() {
      return Set.copyOf(roster.others());
    }

    @Override
    public Long receive(Inbox<Number> inbox) {
      return own + inbox.messages().values().stream().mapToLong(Number::value).sum();
    }
  }

  private static SequencedMap<PartyId, EmbeddedParties.Program<Long>> programs(int rounds) {
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> programs = new LinkedHashMap<>();
    for (PartyId party : PARTIES) {
      programs.put(
          party,
          session -> {
            session.enter(Phase.ONLINE, 1);
            long sum = session.roster().ownIndex() + 1;
            for (int i = 0; i < rounds; i++) {
              sum = session.exchange(new Sum(session.roster(), sum));
            }
            session.leave();
            return sum;
          });
    }
    return programs;
  }

  @Test
  void exchange_bringsEverybodysMessages() throws ProtocolAbortException {
    assertEquals(
        List.of(18L, 18L, 18L), List.copyOf(EmbeddedParties.run(ID, programs(2)).values()));
  }

  @Test
  void metersAndViews_agreeWithWhatWasSent() throws ProtocolAbortException {
    InMemoryNetwork network = new InMemoryNetwork(PARTIES);
    Map<PartyId, CostMeter> meters = new ConcurrentHashMap<>();
    Map<PartyId, RecordingChannel> views = new ConcurrentHashMap<>();
    EmbeddedParties.run(
        network,
        programs(2),
        party -> {
          CostMeter meter = new CostMeter();
          RecordingChannel view = new RecordingChannel(network.channel(party));
          meters.put(party, meter);
          views.put(party, view);
          return new Session(
              ID, new Roster(PARTIES, party), new MeteringChannel(view, meter), meter);
        });
    for (PartyId party : PARTIES) {
      Cost cost = meters.get(party).total(Phase.ONLINE);
      long frames = 2 * 2 * (FrameHeader.BYTES + 8);
      assertEquals(frames, cost.bytesSent());
      assertEquals(frames, cost.bytesReceived());
      assertEquals(4, cost.messagesSent());
      assertEquals(2, cost.rounds());
      assertTrue(cost.wallNanos() >= cost.waitNanos());
      assertEquals(Cost.ZERO, meters.get(party).total(Phase.PREPROCESSING));
      assertEquals(2, meters.get(party).links().size());
      List<RecordingChannel.Entry> entries = views.get(party).entries();
      assertEquals(8, entries.size());
      assertEquals("number", entries.getFirst().envelope().type());
      assertEquals(4, entries.stream().filter(RecordingChannel.Entry::sent).count());
    }
  }

  @Test
  void observer_hearsWhatTheChannelSees_withTheMessages() throws ProtocolAbortException {
    InMemoryNetwork network = new InMemoryNetwork(PARTIES);
    Map<PartyId, RecordingChannel> views = new ConcurrentHashMap<>();
    Map<PartyId, List<String>> heard = new ConcurrentHashMap<>();
    MessageObserver observer =
        (party, sent, envelope, message, frame) ->
            heard
                .computeIfAbsent(party, _ -> new ArrayList<>())
                .add(sent + " " + envelope + " " + message + Arrays.hashCode(frame));
    EmbeddedParties.run(
        network,
        programs(2),
        party -> {
          RecordingChannel view = new RecordingChannel(network.channel(party));
          views.put(party, view);
          return new Session(ID, new Roster(PARTIES, party), view, new CostMeter(), observer);
        });
    for (PartyId party : PARTIES) {
      List<RecordingChannel.Entry> entries = views.get(party).entries();
      assertEquals(entries.size(), heard.get(party).size());
      for (int i = 0; i < entries.size(); i++) {
        RecordingChannel.Entry entry = entries.get(i);
        String line = heard.get(party).get(i);
        assertTrue(line.startsWith(entry.sent() + " " + entry.envelope() + " Number["), line);
        assertTrue(line.endsWith("]" + Arrays.hashCode(entry.frame())), line);
      }
    }
  }

  @Test
  void withoutObserver_nothingIsDescribed() throws ProtocolAbortException {
    SHAPES_ASKED_FOR.set(0);
    EmbeddedParties.run(ID, programs(2));
    assertEquals(0, SHAPES_ASKED_FOR.get());
  }

  @Test
  void eachTamperedByteOfAFrame_namesTheSender() {
    for (int at = 0; at < FrameHeader.BYTES; at++) {
      int position = at;
      ProtocolAbortException abort =
          assertThrows(
              ProtocolAbortException.class,
              () -> runWithTamperedFirst(frame -> frame[position] ^= 0x40),
              "header byte " + at);
      assertEquals(PARTIES.get(1), abort.blamed());
    }
  }

  private static void runWithTamperedFirst(java.util.function.Consumer<byte[]> change)
      throws ProtocolAbortException {
    InMemoryNetwork network = new InMemoryNetwork(PARTIES.subList(0, 2));
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> two = new LinkedHashMap<>(programs(1));
    two.remove(PARTIES.get(2));
    EmbeddedParties.run(
        network,
        two,
        party -> {
          Channel channel = network.channel(party);
          if (party.equals(PARTIES.get(1))) {
            channel =
                new TamperingChannel(
                    channel,
                    (_, frame) -> {
                      byte[] changed = frame.clone();
                      change.accept(changed);
                      return changed;
                    });
          }
          return new Session(ID, new Roster(PARTIES.subList(0, 2), party), channel);
        });
  }

  @Test
  void replayedFrame_isRefused() {
    InMemoryNetwork network = new InMemoryNetwork(PARTIES.subList(0, 2));
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> two = new LinkedHashMap<>(programs(2));
    two.remove(PARTIES.get(2));
    byte[][] first = new byte[1][];
    ProtocolAbortException abort =
        assertThrows(
            ProtocolAbortException.class,
            () ->
                EmbeddedParties.run(
                    network,
                    two,
                    party -> {
                      Channel channel = network.channel(party);
                      if (party.equals(PARTIES.get(1))) {
                        channel =
                            new TamperingChannel(
                                channel,
                                (_, frame) -> {
                                  if (first[0] == null) {
                                    first[0] = frame;
                                  }
                                  return first[0];
                                });
                      }
                      return new Session(ID, new Roster(PARTIES.subList(0, 2), party), channel);
                    }));
    assertEquals(PARTIES.get(1), abort.blamed());
  }

  @Test
  void failingParty_endsTheOthers() {
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> programs =
        new LinkedHashMap<>(programs(2));
    programs.put(
        PARTIES.get(2),
        _ -> {
          throw new IllegalStateException("deliberate");
        });
    assertThrows(IllegalStateException.class, () -> EmbeddedParties.run(ID, programs));
  }

  @Test
  @Timeout(10)
  void partyThatEnded_isNotWaitedFor() {
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> programs =
        new LinkedHashMap<>(programs(2));
    programs.put(PARTIES.get(2), session -> session.exchange(new Sum(session.roster(), 3)));
    ProtocolAbortException abort =
        assertThrows(ProtocolAbortException.class, () -> EmbeddedParties.run(ID, programs));
    assertEquals(PARTIES.get(2), abort.blamed());
    assertTrue(abort.getMessage().contains("c has ended"), abort.getMessage());
  }

  @Test
  @Timeout(10)
  void partiesThatAllWaitForEachOther_end() {
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> programs = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      PartyId next = PARTIES.get((i + 1) % 3);
      programs.put(
          PARTIES.get(i),
          session ->
              session.exchange(PlainRound.receive(Number.TYPE, List.of(next))).from(next).value());
    }
    ProtocolAbortException abort =
        assertThrows(ProtocolAbortException.class, () -> EmbeddedParties.run(ID, programs));
    assertTrue(abort.getMessage().contains("wait for each other"), abort.getMessage());
  }
}
