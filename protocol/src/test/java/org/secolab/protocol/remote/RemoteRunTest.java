package org.secolab.protocol.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ParameterSet;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.SecoParty;

/** The default protocol between parties that share nothing but TCP. */
final class RemoteRunTest {
  private static final FixedModel MODEL =
      RandomNets.fullyConnected(new int[] {12, 8, 7, 3}, SeededRandom.ofInsecureNumber(1));
  private static final SessionId ID = new SessionId(5, 6);

  private static DeployedModel deploy(SplitPlan split, RandomSource random) {
    ParameterSet toy =
        new ParameterSet(BfvParametersSpec.insecureToy(256, 45, 3, MODEL.modulus().value()), 20);
    return DeployedModel.cut(MODEL, split, toy, toy, random.fork("deploy"));
  }

  private static List<long[]> inputs(int count) {
    List<long[]> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(RandomNets.input(MODEL, SeededRandom.ofInsecureNumber(100 + i)));
    }
    return inputs;
  }

  private static SecoParty.Outcome run(
      Part part, Session session, List<long[]> inputs, RandomSource random)
      throws ProtocolAbortException {
    return switch (part) {
      case UserPart user -> SecoParty.user(user, session, inputs, random);
      case ServerPart server ->
          SecoParty.server(server, session, inputs.size(), ProgressListener.SILENT, random);
    };
  }

  /** Each party's frames: to and from whom, in order. */
  private static Map<String, List<byte[]>> frames(Map<PartyId, RecordingChannel> views) {
    Map<String, List<byte[]>> frames = new LinkedHashMap<>();
    views.forEach(
        (party, view) -> {
          for (RecordingChannel.Entry entry : view.entries()) {
            String link =
                entry.sent()
                    ? party + " to " + entry.envelope().peer()
                    : party + " from " + entry.envelope().peer();
            frames.computeIfAbsent(link, _ -> new ArrayList<>()).add(entry.frame());
          }
        });
    return frames;
  }

  @Test
  void sameSeed_sameFrames_embeddedOrRemote_andTheOutputIsPlaintexts() throws Exception {
    SplitPlan split = new SplitPlan(2, 3);
    List<long[]> inputs = inputs(2);

    Map<PartyId, RecordingChannel> embeddedViews = new HashMap<>();
    InMemoryNetwork network = new InMemoryNetwork(split.parties());
    SequencedMap<PartyId, EmbeddedParties.Program<SecoParty.Outcome>> programs =
        new LinkedHashMap<>();
    SeededRandom embeddedRandom = SeededRandom.ofInsecureNumber(9);
    for (Part part : deploy(split, embeddedRandom).parts()) {
      embeddedViews.put(part.party(), new RecordingChannel(network.channel(part.party())));
      RandomSource own = embeddedRandom.fork(part.party().name());
      programs.put(part.party(), session -> run(part, session, inputs, own));
    }
    List<long[]> embedded =
        EmbeddedParties.run(
                network,
                programs,
                party ->
                    new Session(ID, new Roster(split.parties(), party), embeddedViews.get(party)))
            .firstEntry()
            .getValue()
            .outputs();

    PartyDirectory directory = Loopback.directory(split);
    Map<PartyId, RecordingChannel> remoteViews = new ConcurrentHashMap<>();
    Map<PartyId, Callable<SecoParty.Outcome>> parties = new LinkedHashMap<>();
    SeededRandom remoteRandom = SeededRandom.ofInsecureNumber(9);
    for (Part part : deploy(split, remoteRandom).parts()) {
      RandomSource own = remoteRandom.fork(part.party().name());
      parties.put(
          part.party(),
          () -> {
            try (RemoteChannel channel = Loopback.open(directory, part.party())) {
              RecordingChannel view = new RecordingChannel(channel);
              remoteViews.put(part.party(), view);
              return run(
                  part,
                  new Session(ID, new Roster(split.parties(), part.party()), view),
                  inputs,
                  own);
            }
          });
    }
    List<long[]> remote = Loopback.all(parties).get(SplitPlan.USER).value().orElseThrow().outputs();

    for (int i = 0; i < inputs.size(); i++) {
      long[] expected = FixedPointInterpreter.run(MODEL, inputs.get(i));
      assertArrayEquals(expected, embedded.get(i));
      assertArrayEquals(expected, remote.get(i));
    }
    Map<String, List<byte[]>> embeddedFrames = frames(embeddedViews);
    Map<String, List<byte[]>> remoteFrames = frames(remoteViews);
    assertEquals(
        embeddedFrames.keySet().stream().sorted().toList(),
        remoteFrames.keySet().stream().sorted().toList());
    assertTrue(embeddedFrames.size() >= 14, "links " + embeddedFrames.keySet());
    embeddedFrames.forEach(
        (link, frames) -> {
          assertEquals(frames.size(), remoteFrames.get(link).size(), link);
          for (int i = 0; i < frames.size(); i++) {
            assertArrayEquals(frames.get(i), remoteFrames.get(link).get(i), link + " " + i);
          }
        });
  }

  @Test
  void agreement_givesEverybodyTheSameFreshRun() throws Exception {
    SplitPlan split = new SplitPlan(2, 2);
    PartyDirectory directory = Loopback.directory(split);
    Map<PartyId, Callable<Run>> parties = new LinkedHashMap<>();
    for (PartyId party : split.parties()) {
      parties.put(
          party,
          () -> {
            try (RemoteChannel channel = Loopback.open(directory, party)) {
              Roster roster = new Roster(split.parties(), party);
              return switch (party.name()) {
                case "user" -> Run.ask(channel, roster, ID, 17);
                case "gateway" -> Run.start(channel, roster, ID, new SystemRandom());
                default -> Run.hear(channel, roster, ID);
              };
            }
          });
    }
    List<Run> runs =
        Loopback.all(parties).values().stream().map(fate -> fate.value().orElseThrow()).toList();
    assertEquals(4, runs.size());
    assertEquals(1, runs.stream().distinct().count());
    assertEquals(17, runs.getFirst().inferences());
    assertTrue(!runs.getFirst().session().equals(ID), "a fresh name");
  }

  /** Counts a party's frames and dies, without a word, before the given one leaves. */
  private static final class DyingChannel implements Channel {
    private final RemoteChannel inner;
    private final int last;
    private final AtomicLong deathTime;
    private int sent;

    DyingChannel(RemoteChannel inner, int last, AtomicLong deathTime) {
      this.inner = inner;
      this.last = last;
      this.deathTime = deathTime;
    }

    @Override
    public PartyId self() {
      return inner.self();
    }

    @Override
    public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
      if (++sent > last) {
        deathTime.set(System.nanoTime());
        inner.shutDown();
        throw new LinkClosedException(inner.self(), "dead");
      }
      inner.send(envelope, frame);
    }

    @Override
    public byte[] receive(Envelope envelope) throws LinkClosedException {
      return inner.receive(envelope);
    }
  }

  @Test
  void partyKilledMidRun_othersStopWithinSeconds_andNameIt() throws Exception {
    SplitPlan split = new SplitPlan(2, 2);
    // Frames each party has sent when it dies: in setup, and in the middle of the second inference.
    for (var victim :
        List.of(
            Map.entry(SplitPlan.remote(2), 1),
            Map.entry(SplitPlan.remote(1), 60),
            Map.entry(SplitPlan.USER, 5))) {
      PartyDirectory directory = Loopback.directory(split);
      AtomicLong death = new AtomicLong();
      Map<PartyId, Long> stopped = new ConcurrentHashMap<>();
      Map<PartyId, Callable<SecoParty.Outcome>> parties = new LinkedHashMap<>();
      for (Part part : deploy(split, new SystemRandom()).parts()) {
        PartyId party = part.party();
        parties.put(
            party,
            () -> {
              RemoteChannel channel = Loopback.open(directory, party);
              Channel used =
                  party.equals(victim.getKey())
                      ? new DyingChannel(channel, victim.getValue(), death)
                      : channel;
              try {
                SecoParty.Outcome outcome =
                    run(
                        part,
                        new Session(ID, new Roster(split.parties(), party), used),
                        inputs(50),
                        new SystemRandom());
                channel.close();
                return outcome;
              } catch (ProtocolAbortException e) {
                stopped.put(party, System.nanoTime());
                channel.abort(String.valueOf(e.getMessage()));
                throw e;
              }
            });
      }
      Map<PartyId, Loopback.Fate<SecoParty.Outcome>> fates = Loopback.all(parties);
      fates.forEach(
          (party, fate) -> {
            ProtocolAbortException abort =
                assertInstanceOf(
                    ProtocolAbortException.class, fate.failure().orElseThrow(), party.name());
            assertTrue(
                abort.getMessage().contains(victim.getKey().name()),
                party + ": " + abort.getMessage());
            // The user only knows the gateway; everybody else sees for himself who is gone.
            if (!party.equals(SplitPlan.USER) && !victim.getKey().equals(SplitPlan.USER)) {
              assertEquals(victim.getKey(), abort.blamed(), party + ": " + abort.getMessage());
            }
            double seconds = (stopped.get(party) - death.get()) / 1e9;
            assertTrue(seconds < 5, party + " stopped after " + seconds + " s");
          });
    }
  }
}
