package org.secolab.protocol.secopaper;

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
import org.secolab.foundation.transport.Session;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.ModelFormat;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;

/** What {@code seco-paper} and {@code delphi3} have in common: everything but who evaluates. */
public final class PrintedProtocol {
  private final Roles roles;
  private final PaperParameters parameters;
  private final UnaryOperator<Channel> links;

  /** With the parameters of the paper. */
  public PrintedProtocol(Roles roles) {
    this(roles, PaperParameters.secure(), UnaryOperator.identity());
  }

  /**
   * For tests.
   *
   * @param parameters may be insecure
   * @param links what stands before each party's end of the network
   */
  PrintedProtocol(Roles roles, PaperParameters parameters, UnaryOperator<Channel> links) {
    this.roles = roles;
    this.parameters = parameters;
    this.links = links;
  }

  /** The modulus that models must have. */
  public Modulus modulus() {
    return Modulus.prime(parameters.parameters().plaintextModulus().value());
  }

  PaperPlan planned(FixedModel model, SplitPlan split, RunOptions options) {
    split.check(model);
    return new PaperPlanner(roles, parameters).choose(model, split, options.linear());
  }

  /** As {@link org.secolab.protocol.inference.InferenceProtocol#check}. */
  public void check(FixedModel model, SplitPlan split, RunOptions options) {
    var _ = planned(model, split, options);
  }

  /** As {@link org.secolab.protocol.inference.InferenceProtocol#plan}. */
  public InferencePlan plan(FixedModel model, SplitPlan split, RunOptions options, int inferences) {
    return new PaperForecast(model, planned(model, split, options), inferences).forecast();
  }

  /** As {@link org.secolab.protocol.inference.InferenceProtocol#run}. */
  public InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException {
    PaperPlan plan = planned(request.model(), request.split(), request.options());
    ModelParts parts = ModelParts.cut(request.model(), request.split(), random.fork("deploy"));
    request
        .options()
        .recorder()
        .ifPresent(
            recorder ->
                parts
                    .byParty()
                    .forEach(
                        (party, part) ->
                            recorder.given(party, "model", () -> ModelFormat.bytes(part))));
    SessionId id = SessionId.random(random.fork("session"));
    int count = request.inputs().size();
    EmbeddedRun<PartyOutcome> run =
        EmbeddedRun.of(
            id,
            programs(plan, parts, request.inputs(), progress, party -> random.fork(party.name())),
            request.options(),
            links);
    PartyOutcome user = run.outcomes().firstEntry().getValue();
    Map<PartyId, Long> peaks = new LinkedHashMap<>();
    run.outcomes().forEach((party, outcome) -> peaks.put(party, outcome.peakMaterialBytes()));
    return new InferenceReport(
        user.outputs(),
        run.costs(),
        peaks,
        user.participationNanos(),
        user.waitingNanos(),
        plan.floodedCoefficients() * count,
        plan.statisticalDistanceLog2(count),
        run.views());
  }

  /**
   * What each party does with its part and its randomness, the user first.
   *
   * @param sources each party's randomness
   */
  static SequencedMap<PartyId, EmbeddedParties.Program<PartyOutcome>> programs(
      PaperPlan plan,
      ModelParts parts,
      List<long[]> inputs,
      ProgressListener progress,
      Function<PartyId, RandomSource> sources) {
    int count = inputs.size();
    SequencedMap<PartyId, EmbeddedParties.Program<PartyOutcome>> programs = new LinkedHashMap<>();
    RandomSource userRandom = sources.apply(SplitPlan.USER);
    programs.put(SplitPlan.USER, session -> user(plan, session, inputs, userRandom));
    RandomSource gatewayRandom = sources.apply(Roles.A);
    programs.put(
        Roles.A,
        session -> gateway(plan, parts.gateway(), session, count, progress, gatewayRandom));
    for (int j = 0; j < Roles.REMOTES.size(); j++) {
      PartyId remote = Roles.REMOTES.get(j);
      FixedModel share = parts.remotes().get(j);
      RandomSource random = sources.apply(remote);
      programs.put(remote, session -> remote(plan, share, session, count, random));
    }
    return programs;
  }

  private static PartyOutcome user(
      PaperPlan plan, Session session, List<long[]> inputs, RandomSource random)
      throws ProtocolAbortException {
    try (UserProgram user =
        new UserProgram(plan.layers(), session, cutMask(plan, session), random)) {
      return user.run(inputs);
    }
  }

  private static PartyOutcome gateway(
      PaperPlan plan,
      FixedModel part,
      Session session,
      int inferences,
      ProgressListener progress,
      RandomSource random)
      throws ProtocolAbortException {
    Progress steps = new Progress(progress, plan.layers(), inferences);
    try (PaperGateway gateway = new PaperGateway(plan, part, session, steps, random)) {
      for (int inference = 0; inference < inferences; inference++) {
        gateway.online(gateway.prepare(inference), random.fork("result " + inference));
      }
      session.leave();
      return PartyOutcome.ofServer(gateway.peakMaterialBytes());
    }
  }

  private static PartyOutcome remote(
      PaperPlan plan, FixedModel share, Session session, int inferences, RandomSource random)
      throws ProtocolAbortException {
    if (!plan.layers().hasRemoteLayers()) {
      return PartyOutcome.ofServer(0);
    }
    try (PaperRemote remote = new PaperRemote(plan, share, session, random)) {
      for (int inference = 0; inference < inferences; inference++) {
        remote.online(remote.prepare(inference), random.fork("result " + inference));
      }
      session.leave();
      return PartyOutcome.ofServer(remote.peakMaterialBytes());
    }
  }

  /** The user's side of the layer behind the cut. */
  static UserProgram.CutMask cutMask(PaperPlan plan, Session session) {
    return (collective, mask, random) -> {
      if (plan.needsCutShares()) {
        new CutShares(session, plan.parameters(), plan.layers().cutSize())
            .user(collective, mask, random.fork("shares"));
      }
      LinearLayer first = plan.remote().linear().getFirst();
      for (int branch = 0; branch < first.branches().size(); branch++) {
        if (plan.isAtCut(first, branch) && first.packed(branch) != null) {
          new EncryptedProduct(session, plan.parameters(), first.packedAt(branch))
              .user(
                  collective,
                  first.branches().get(branch).before(mask, plan.modulus()),
                  random.fork("branch " + branch));
        }
      }
    };
  }
}
