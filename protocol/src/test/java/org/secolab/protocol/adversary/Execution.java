package org.secolab.protocol.adversary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.seco.SecoParty;

/**
 * The real programs of {@code seco} on given parts, inputs and randomness. With all layers on the
 * gateway these are the programs of {@code delphi}.
 *
 * @param outputs what the user got
 * @param userWaitingNanos from its inputs to its outputs
 * @param views what each party sent and received
 */
record Execution(
    List<long[]> outputs, long userWaitingNanos, Map<PartyId, List<RecordingChannel.Entry>> views) {
  static final SessionId SESSION = new SessionId(5, 6);

  /**
   * Runs all parties.
   *
   * @param parts one for each party, the user's first
   * @param randomness each party's source
   * @param links what stands before each party's end of the network
   */
  static Execution of(
      List<Part> parts,
      List<long[]> inputs,
      Function<PartyId, RandomSource> randomness,
      UnaryOperator<Channel> links)
      throws ProtocolAbortException {
    return of(parts, inputs, randomness, links, RunOptions.STANDARD.recordingViews());
  }

  /** The same with other options. */
  static Execution of(
      List<Part> parts,
      List<long[]> inputs,
      Function<PartyId, RandomSource> randomness,
      UnaryOperator<Channel> links,
      RunOptions options)
      throws ProtocolAbortException {
    SequencedMap<PartyId, EmbeddedParties.Program<PartyOutcome>> programs = new LinkedHashMap<>();
    for (Part part : parts) {
      RandomSource own = randomness.apply(part.party());
      programs.put(
          part.party(),
          switch (part) {
            case UserPart user -> session -> SecoParty.user(user, session, inputs, own);
            case ServerPart server ->
                session ->
                    SecoParty.server(server, session, inputs.size(), ProgressListener.SILENT, own);
          });
    }
    EmbeddedRun<PartyOutcome> run = EmbeddedRun.of(SESSION, programs, options, links);
    PartyOutcome user = run.outcomes().firstEntry().getValue();
    return new Execution(user.outputs(), user.waitingNanos(), run.views());
  }
}
