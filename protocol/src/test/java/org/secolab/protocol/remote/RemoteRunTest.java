package org.secolab.protocol.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
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
import org.secolab.foundation.transport.Phase;
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
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.SecoParty;
import org.secolab.protocol.seco.SecoStore;

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

  private static PartyOutcome run(
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
    SequencedMap<PartyId, EmbeddedParties.Program<PartyOutcome>> programs = new LinkedHashMap<>();
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
    Map<PartyId, Callable<PartyOutcome>> parties = new LinkedHashMap<>();
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

  /** Dies, without a word, before a frame of a phase leaves. */
  private static final class DyingChannel implements Channel {
    private final RemoteChannel inner;
    private final Phase phase;
    private final AtomicLong deathTime;
    private int left;

    DyingChannel(RemoteChannel inner, Phase phase, int frame, AtomicLong deathTime) {
      this.inner = inner;
      this.phase = phase;
      this.left = frame;
      this.deathTime = deathTime;
    }

    @Override
    public PartyId self() {
      return inner.self();
    }

    @Override
    public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
      if (envelope.scope().phase() == phase && left-- == 0) {
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

  /** What a party does over its links. */
  private interface Program {
    PartyOutcome run(Session session) throws ProtocolAbortException, IOException;
  }

  /**
   * Runs all parties over links of their own, one of them mortal.
   *
   * @param stopped when each party heard of a death
   */
  private static Map<PartyId, Loopback.Fate<PartyOutcome>> overLinks(
      SplitPlan split,
      Map<PartyId, Program> programs,
      PartyId victim,
      Phase phase,
      int frame,
      AtomicLong death,
      Map<PartyId, Long> stopped)
      throws Exception {
    PartyDirectory directory = Loopback.directory(split);
    Map<PartyId, Callable<PartyOutcome>> parties = new LinkedHashMap<>();
    programs.forEach(
        (party, program) ->
            parties.put(
                party,
                () -> {
                  RemoteChannel channel = Loopback.open(directory, party);
                  Channel used =
                      party.equals(victim)
                          ? new DyingChannel(channel, phase, frame, death)
                          : channel;
                  try {
                    PartyOutcome outcome =
                        program.run(new Session(ID, new Roster(split.parties(), party), used));
                    channel.close();
                    return outcome;
                  } catch (ProtocolAbortException e) {
                    stopped.put(party, System.nanoTime());
                    channel.abort(String.valueOf(e.getMessage()));
                    throw e;
                  }
                }));
    return Loopback.all(parties);
  }

  private static void assertStoppedAndNamed(
      PartyId victim,
      Map<PartyId, Loopback.Fate<PartyOutcome>> fates,
      AtomicLong death,
      Map<PartyId, Long> stopped) {
    fates.forEach(
        (party, fate) -> {
          ProtocolAbortException abort =
              assertInstanceOf(
                  ProtocolAbortException.class, fate.failure().orElseThrow(), party.name());
          assertTrue(abort.getMessage().contains(victim.name()), party + ": " + abort.getMessage());
          // The user only knows the gateway; everybody else sees for himself who is gone.
          if (!party.equals(SplitPlan.USER) && !victim.equals(SplitPlan.USER)) {
            assertEquals(victim, abort.blamed(), party + ": " + abort.getMessage());
          }
          double seconds = (stopped.get(party) - death.get()) / 1e9;
          assertTrue(seconds < 5, party + " stopped after " + seconds + " s");
        });
  }

  /** A party, a phase, and how many frames of the phase it sends before it dies. */
  private record Death(PartyId victim, Phase phase, int frame) {}

  @Test
  void partyKilledInAnyPhase_othersStopWithinSeconds_andNameIt() throws Exception {
    SplitPlan split = new SplitPlan(2, 2);
    for (Death death :
        List.of(
            new Death(SplitPlan.remote(2), Phase.SETUP_ONCE, 1),
            new Death(SplitPlan.remote(1), Phase.SETUP_PER_INFERENCE, 9),
            new Death(SplitPlan.GATEWAY, Phase.PREPROCESSING, 2),
            new Death(SplitPlan.USER, Phase.PREPROCESSING, 1),
            // In the middle of the second inference.
            new Death(SplitPlan.remote(1), Phase.ONLINE, 4))) {
      Map<PartyId, Program> programs = new LinkedHashMap<>();
      for (Part part : deploy(split, new SystemRandom()).parts()) {
        programs.put(part.party(), session -> run(part, session, inputs(50), new SystemRandom()));
      }
      AtomicLong time = new AtomicLong();
      Map<PartyId, Long> stopped = new ConcurrentHashMap<>();
      assertStoppedAndNamed(
          death.victim,
          overLinks(split, programs, death.victim, death.phase, death.frame, time, stopped),
          time,
          stopped);
    }
  }

  @Test
  void partyKilledOnline_burnsThatInference_andTheNextIsServedFromTheStore(@TempDir Path folder)
      throws Exception {
    SplitPlan split = new SplitPlan(2, 2);
    DeployedModel deployed = deploy(split, new SystemRandom());
    PartyId nobody = new PartyId("nobody");
    AtomicLong time = new AtomicLong();
    Map<PartyId, Long> stopped = new ConcurrentHashMap<>();
    overLinks(split, stored(deployed, folder, 3, List.of()), nobody, Phase.ONLINE, 0, time, stopped)
        .forEach((party, fate) -> assertTrue(fate.value().isPresent(), party + ": " + fate));
    assertStoppedAndNamed(
        SplitPlan.remote(1),
        overLinks(
            split,
            stored(deployed, folder, 0, inputs(2)),
            SplitPlan.remote(1),
            Phase.ONLINE,
            1,
            time,
            stopped),
        time,
        stopped);
    for (Part part : deployed.parts()) {
      try (SecoStore store = SecoStore.open(part, folder.resolve(part.party().name()))) {
        assertEquals(2, store.left(), "the inference under way is burnt at " + part.party());
      }
    }
    List<long[]> outputs =
        overLinks(
                split,
                stored(deployed, folder, 0, inputs(2)),
                nobody,
                Phase.ONLINE,
                0,
                time,
                stopped)
            .get(SplitPlan.USER)
            .value()
            .orElseThrow()
            .outputs();
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(FixedPointInterpreter.run(MODEL, inputs(2).get(i)), outputs.get(i));
    }
  }

  /** Every party with its store: prepares, or if it is to prepare none, uses what is there. */
  private static Map<PartyId, Program> stored(
      DeployedModel deployed, Path folder, int prepare, List<long[]> inputs) {
    Map<PartyId, Program> programs = new LinkedHashMap<>();
    for (Part part : deployed.parts()) {
      programs.put(
          part.party(),
          session -> {
            RandomSource random = new SystemRandom();
            try (SecoStore store = SecoStore.open(part, folder.resolve(part.party().name()))) {
              if (prepare > 0) {
                return store.prepare(session, prepare, ProgressListener.SILENT, random);
              }
              return part instanceof UserPart
                  ? store.infer(session, inputs, random)
                  : store.serve(session, inputs.size(), ProgressListener.SILENT, random);
            }
          });
    }
    return programs;
  }
}
