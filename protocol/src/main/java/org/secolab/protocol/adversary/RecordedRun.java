package org.secolab.protocol.adversary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.SecoParty;

/**
 * A run of the default protocol's own parties, with secure parameters, and what each of them saw: a
 * party's view is its part of the model, its random tape and its traffic.
 */
final class RecordedRun {
  static final PartyId REMOTE1 = SplitPlan.remote(1);
  static final PartyId REMOTE2 = SplitPlan.remote(2);

  private final DeployedModel deployed;
  private final Map<PartyId, byte[]> tapes = new LinkedHashMap<>();
  private final EmbeddedRun<PartyOutcome> run;

  /** Runs {@code model}, cut behind layer {@code cut}, on {@code inputs}, two remote servers. */
  RecordedRun(FixedModel model, int cut, List<long[]> inputs, RandomSource random)
      throws ProtocolAbortException {
    deployed = SecoParty.deploy(model, new SplitPlan(cut, 2), random.fork("deploy"));
    SequencedMap<PartyId, EmbeddedParties.Program<PartyOutcome>> programs = new LinkedHashMap<>();
    tapes.put(SplitPlan.USER, random.bytes(SeededRandom.SEED_BYTES));
    programs.put(
        SplitPlan.USER,
        session -> SecoParty.user(deployed.user(), session, inputs, tape(SplitPlan.USER)));
    List<ServerPart> servers =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(deployed.gateway()), deployed.remotes().stream())
            .toList();
    for (ServerPart part : servers) {
      PartyId party = part.party();
      tapes.put(party, random.bytes(SeededRandom.SEED_BYTES));
      programs.put(
          party,
          session ->
              SecoParty.server(part, session, inputs.size(), ProgressListener.SILENT, tape(party)));
    }
    run =
        EmbeddedRun.of(
            SessionId.random(random.fork("session")),
            programs,
            RunOptions.STANDARD.recordingViews(),
            UnaryOperator.identity());
  }

  /** The parts of the model. */
  DeployedModel deployed() {
    return deployed;
  }

  /** What the user got. */
  List<long[]> outputs() {
    return run.outcomes().firstEntry().getValue().outputs();
  }

  /** The random tape of {@code party}, from its beginning. */
  RandomSource tape(PartyId party) {
    byte[] tape = tapes.get(party);
    if (tape == null) {
      throw new IllegalArgumentException("expected a party of the run, got " + party);
    }
    return new SeededRandom(tape);
  }

  /** The parameters under the servers' key. */
  BfvParameters collectiveParameters() {
    return BfvParameters.of(deployed.gateway().header().collectiveKey().spec());
  }

  /** The parameters under the user's key. */
  BfvParameters userParameters() {
    return BfvParameters.of(deployed.gateway().header().userKey().spec());
  }

  /** What each party sent and received. */
  PartyViews views() {
    return new PartyViews(run.views());
  }
}
