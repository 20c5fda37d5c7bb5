package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.material.FailingDisk;

/** Material made in one run and used in others, once, whoever crashes. */
final class SecoStoreTest {
  private static final FixedModel MODEL =
      RandomNets.fullyConnected(new int[] {9, 6, 5, 3}, SeededRandom.ofInsecureNumber(1));
  private static final SplitPlan SPLIT = new SplitPlan(2, 2);

  @TempDir private Path folder = Path.of("");

  private StoredParties parties(String name) {
    return new StoredParties(
        MODEL, SPLIT, folder.resolve(name), SeededRandom.ofInsecureNumber(name.hashCode()));
  }

  private static List<long[]> inputs(int count) {
    List<long[]> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(RandomNets.input(MODEL, SeededRandom.ofInsecureNumber(100 + i)));
    }
    return inputs;
  }

  private static void assertRight(EmbeddedRun<PartyOutcome> run, List<long[]> inputs) {
    List<long[]> outputs = run.outcomes().firstEntry().getValue().outputs();
    assertEquals(inputs.size(), outputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      assertArrayEquals(FixedPointInterpreter.run(MODEL, inputs.get(i)), outputs.get(i));
    }
  }

  private static void assertLeft(int expected, StoredParties parties) throws IOException {
    parties.left().forEach((party, left) -> assertEquals(expected, left, party.name()));
  }

  @Test
  void preparedMaterial_servesInLaterRuns_andThenRunsOut() throws Exception {
    StoredParties parties = parties("plain");
    parties.prepare(3);
    assertLeft(3, parties);
    EmbeddedRun<PartyOutcome> first = parties.infer(inputs(2));
    assertRight(first, inputs(2));
    first
        .costs()
        .forEach(
            (party, meter) -> {
              assertEquals(0, meter.total(Phase.SETUP_PER_INFERENCE).bytesSent(), party.name());
              assertEquals(0, meter.total(Phase.PREPROCESSING).bytesSent(), party.name());
              assertTrue(meter.total(Phase.SETUP_ONCE).bytesSent() < 300, party.name());
              assertTrue(meter.total(Phase.ONLINE).bytesSent() > 0, party.name());
            });
    assertRight(parties.infer(inputs(1)), inputs(1));
    assertLeft(0, parties);
    UncheckedIOException empty =
        assertThrows(UncheckedIOException.class, () -> parties.infer(inputs(1)));
    assertTrue(
        empty
            .getMessage()
            .endsWith("expected 1 prepared inferences that all parties hold, 0 are left"),
        empty.getMessage());
    parties.prepare(1);
    assertRight(parties.infer(inputs(1)), inputs(1));
    for (PartyId party : SPLIT.parties()) {
      try (Stream<Path> files = Files.list(parties.place(party))) {
        assertEquals(
            List.of("header", "keys", "lock", "next"),
            files.map(file -> file.getFileName().toString()).sorted().toList());
      }
    }
  }

  @Test
  void materialOfSeveralTensorsThatCrossTheCut_isReadBack() throws Exception {
    int tries = 0;
    FixedModel model;
    do {
      model = RandomNets.withShortcuts(3, SeededRandom.ofInsecureNumber(70 + tries++));
    } while (model.crossing(2).size() < 2);
    StoredParties parties =
        new StoredParties(
            model, SPLIT, folder.resolve("shortcut"), SeededRandom.ofInsecureNumber(7));
    parties.prepare(1);
    long[] input = RandomNets.input(model, SeededRandom.ofInsecureNumber(8));
    assertArrayEquals(
        FixedPointInterpreter.run(model, input),
        parties.infer(List.of(input)).outcomes().firstEntry().getValue().outputs().getFirst());
  }

  @Test
  void keys_areMadeOnce() throws Exception {
    StoredParties parties = parties("keys");
    Map<String, Long> once = new LinkedHashMap<>();
    for (int run = 0; run < 2; run++) {
      int number = run;
      parties
          .prepare(1)
          .views()
          .forEach(
              (_, view) -> {
                for (RecordingChannel.Entry entry : view) {
                  once.merge(number + entry.envelope().type(), 1L, Long::sum);
                }
              });
    }
    for (String type : List.of("user-key", "collective-key", "public-key-share")) {
      assertTrue(once.containsKey("0" + type), type + " of " + once.keySet());
      assertFalse(once.containsKey("1" + type), type);
    }
    assertRight(parties.infer(inputs(2)), inputs(2));
  }

  /** Dies, with its disk, before the n-th frame of a phase leaves. */
  private static final class DyingChannel implements Channel {
    private final Channel inner;
    private final Phase phase;
    private int left;

    DyingChannel(Channel inner, Phase phase, int left) {
      this.inner = inner;
      this.phase = phase;
      this.left = left;
    }

    @Override
    public PartyId self() {
      return inner.self();
    }

    @Override
    public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
      if (envelope.scope().phase() == phase && left-- == 0) {
        throw new LinkClosedException(inner.self(), "dead");
      }
      inner.send(envelope, frame);
    }

    @Override
    public byte[] receive(Envelope envelope) throws LinkClosedException {
      return inner.receive(envelope);
    }
  }

  /** Lets each party die before each of its frames of a phase, until it has no more. */
  private int killEverywhere(StoredParties parties, Phase phase, Attempt attempt) throws Exception {
    int deaths = 0;
    for (PartyId victim : SPLIT.parties()) {
      for (int frame = 0; ; frame = 2 * frame + 1) {
        int last = frame;
        parties.links =
            channel ->
                channel.self().equals(victim) ? new DyingChannel(channel, phase, last) : channel;
        boolean died = false;
        try {
          attempt.run();
        } catch (ProtocolAbortException e) {
          died = true;
        }
        parties.links = channel -> channel;
        if (!died) {
          break;
        }
        deaths++;
        attempt.afterDeath();
      }
    }
    return deaths;
  }

  private interface Attempt {
    void run() throws ProtocolAbortException;

    void afterDeath() throws Exception;
  }

  @Test
  void deathOnline_burnsThatInference_andTheNextIsRight() throws Exception {
    StoredParties parties = parties("online");
    parties.prepare(60);
    int[] expected = {60};
    int deaths =
        killEverywhere(
            parties,
            Phase.ONLINE,
            new Attempt() {
              @Override
              public void run() throws ProtocolAbortException {
                expected[0]--;
                assertRight(parties.infer(inputs(1)), inputs(1));
              }

              @Override
              public void afterDeath() throws Exception {
                assertLeft(expected[0], parties);
                expected[0]--;
                assertRight(parties.infer(inputs(1)), inputs(1));
              }
            });
    assertTrue(deaths >= 8, deaths + " deaths");
    assertLeft(expected[0], parties);
  }

  @Test
  void deathWhilePreparing_leavesWhatWasFinished_andPreparationGoesOn() throws Exception {
    for (Phase phase : List.of(Phase.SETUP_ONCE, Phase.SETUP_PER_INFERENCE, Phase.PREPROCESSING)) {
      StoredParties parties = parties(phase.label());
      int deaths =
          killEverywhere(
              parties,
              phase,
              new Attempt() {
                @Override
                public void run() throws ProtocolAbortException {
                  parties.prepare(1);
                }

                @Override
                public void afterDeath() throws Exception {
                  parties.prepare(1);
                  assertRight(parties.infer(inputs(1)), inputs(1));
                }
              });
      assertTrue(deaths >= 4, phase + ": " + deaths + " deaths");
    }
  }

  @Test
  void consumption_isOnTheDiskBeforeTheFirstByteLeaves() throws Exception {
    StoredParties parties = parties("order");
    parties.prepare(2);
    for (PartyId party : SPLIT.parties()) {
      parties.disks.put(party, FailingDisk.never());
    }
    parties.links =
        channel ->
            new Channel() {
              @Override
              public PartyId self() {
                return channel.self();
              }

              @Override
              public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
                if (envelope.scope().phase() == Phase.ONLINE) {
                  parties.disks.get(channel.self()).note("send");
                }
                channel.send(envelope, frame);
              }

              @Override
              public byte[] receive(Envelope envelope) throws LinkClosedException {
                return channel.receive(envelope);
              }
            };
    assertRight(parties.infer(inputs(2)), inputs(2));
    parties.disks.forEach(
        (party, disk) -> {
          List<String> done =
              disk.done().stream().filter(what -> !what.startsWith("create")).toList();
          int second = done.lastIndexOf("write next");
          assertEquals("write next", done.getFirst(), party.name());
          assertTrue(second > 0, party.name());
          assertEquals(2, done.stream().filter("write next"::equals).count(), party.name());
          assertEquals("send", done.get(1), party.name());
          assertEquals("delete 000000", done.get(second - 1), party.name());
          assertEquals("send", done.get(second + 1), party.name());
        });
  }

  @Test
  void diskThatFails_stopsEverybody_andNothingServesTwice() throws Exception {
    StoredParties parties = parties("disk");
    parties.prepare(20);
    for (int last = 1; last < 6; last++) {
      for (PartyId party : List.of(SplitPlan.USER, SplitPlan.remote(2))) {
        parties.disks.put(party, new FailingDisk(last, last % 2 == 0));
        try {
          assertRight(parties.infer(inputs(2)), inputs(2));
        } catch (UncheckedIOException e) {
          assertTrue(String.valueOf(e.getMessage()).contains("the machine has stopped"));
        }
        parties.disks.clear();
      }
    }
    // Whoever burnt more than others is followed by all.
    assertRight(parties.infer(inputs(1)), inputs(1));
    assertEquals(1, parties.left().values().stream().distinct().count(), "" + parties.left());
  }

  @Test
  void sameSeed_sameFramesInEveryRun() throws Exception {
    List<List<RecordingChannel.Entry>> traces = new ArrayList<>();
    for (int repetition = 0; repetition < 2; repetition++) {
      StoredParties parties =
          new StoredParties(
              MODEL, SPLIT, folder.resolve("trace" + repetition), SeededRandom.ofInsecureNumber(5));
      List<RecordingChannel.Entry> trace = new ArrayList<>();
      for (Map<PartyId, List<RecordingChannel.Entry>> views :
          List.of(
              parties.prepare(2).views(),
              parties.infer(inputs(1)).views(),
              parties.prepare(1).views(),
              parties.infer(inputs(2)).views())) {
        SPLIT
            .parties()
            .forEach(
                party ->
                    views.get(party).stream()
                        .filter(RecordingChannel.Entry::sent)
                        .forEach(trace::add));
      }
      traces.add(trace);
    }
    assertEquals(traces.get(0).size(), traces.get(1).size());
    for (int i = 0; i < traces.get(0).size(); i++) {
      RecordingChannel.Entry entry = traces.get(0).get(i);
      assertArrayEquals(entry.frame(), traces.get(1).get(i).frame(), "" + entry.envelope());
    }
  }
}
