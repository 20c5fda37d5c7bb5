package org.secolab.protocol.seco;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.Session;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.material.FailingDisk;

/**
 * All parties of a toy deployment with their stores in one folder; every run opens the stores anew,
 * as processes that are started again do.
 */
final class StoredParties {
  final DeployedModel deployed;
  private final Path folder;
  private final RandomSource random;
  private int runs;

  /** Each party's disk in the next runs; a real one where there is none. */
  final Map<PartyId, FailingDisk> disks = new LinkedHashMap<>();

  /** What stands before each party's end of the network in the next runs. */
  UnaryOperator<Channel> links = UnaryOperator.identity();

  StoredParties(FixedModel model, SplitPlan split, Path folder, RandomSource random) {
    deployed =
        SecoParty.deploy(
            model, SecoPlan.of(model, split, new InsecureToyParameters()), random.fork("deploy"));
    this.folder = folder;
    this.random = random;
  }

  private interface Action<R> {
    R run(SecoStore store, Session session, RandomSource random)
        throws ProtocolAbortException, IOException;
  }

  private <R> EmbeddedRun<R> run(Action<R> action) throws ProtocolAbortException {
    RandomSource own = random.fork("run " + runs++);
    SequencedMap<PartyId, EmbeddedParties.Program<R>> programs = new LinkedHashMap<>();
    for (Part part : deployed.parts()) {
      RandomSource partyRandom = own.fork(part.party().name());
      programs.put(
          part.party(),
          session -> {
            try (SecoStore store = open(part)) {
              return action.run(store, session, partyRandom);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return EmbeddedRun.of(
        SessionId.random(own.fork("session")),
        programs,
        RunOptions.STANDARD.recordingViews(),
        links);
  }

  Path place(PartyId party) {
    return folder.resolve(party.name());
  }

  SecoStore open(Part part) throws IOException {
    FailingDisk disk = disks.getOrDefault(part.party(), FailingDisk.never());
    return SecoStore.over(part, disk.open(place(part.party()), SecoStore.owner(part)));
  }

  EmbeddedRun<Boolean> prepare(int count) throws ProtocolAbortException {
    return run(
        (store, session, own) -> {
          store.prepare(session, count, ProgressListener.SILENT, own);
          return true;
        });
  }

  EmbeddedRun<PartyOutcome> infer(List<long[]> inputs) throws ProtocolAbortException {
    return run(
        (store, session, own) ->
            session.self().equals(SplitPlan.USER)
                ? store.infer(session, inputs, own)
                : store.serve(session, inputs.size(), ProgressListener.SILENT, own));
  }

  /** How many prepared inferences each party has left. */
  Map<PartyId, Integer> left() throws IOException {
    Map<PartyId, Integer> left = new LinkedHashMap<>();
    for (Part part : deployed.parts()) {
      try (SecoStore store = SecoStore.open(part, place(part.party()))) {
        left.put(part.party(), store.left());
      }
    }
    return left;
  }
}
