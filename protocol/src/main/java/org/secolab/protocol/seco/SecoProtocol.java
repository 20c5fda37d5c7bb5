package org.secolab.protocol.seco;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.EmbeddedRun;
import org.secolab.protocol.inference.Guarantee;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.ParameterPolicy;

/** The default protocol, all parties embedded in this process. */
public final class SecoProtocol implements InferenceProtocol {
  private final ParameterPolicy policy;
  private final UnaryOperator<Channel> links;

  /** With secure parameters. */
  public SecoProtocol() {
    this(ParameterPolicy.SECURE, UnaryOperator.identity());
  }

  /**
   * For tests.
   *
   * @param policy may choose insecure parameters
   * @param links what stands before each party's end of the network
   */
  SecoProtocol(ParameterPolicy policy, UnaryOperator<Channel> links) {
    this.policy = policy;
    this.links = links;
  }

  @Override
  public String name() {
    return "seco";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee(
        "semi-honest, static: the user, or any proper subset of the servers",
        "all remote servers together hold the layers behind the cut; the multiparty garbling has a"
            + " proof sketch only; the time to the result tells the user how much lies behind the"
            + " cut");
  }

  @Override
  public void check(FixedModel model, SplitPlan split, RunOptions options) {
    options.linear().requireCoefficients(name());
    split.check(model);
    var _ = SecoPlan.of(model, split, policy);
  }

  @Override
  public InferencePlan plan(FixedModel model, SplitPlan split, RunOptions options, int inferences) {
    check(model, split, options);
    SecoPlan plan = SecoPlan.of(model, split, policy);
    return new SecoForecast(model, plan).of(inferences);
  }

  @Override
  public InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException {
    request.options().linear().requireCoefficients(name());
    SplitPlan split = request.split();
    SecoPlan plan = SecoPlan.of(request.model(), split, policy);
    DeployedModel deployed = SecoParty.deploy(request.model(), plan, random.fork("deploy"));
    SessionId id = SessionId.random(random.fork("session"));
    int count = request.inputs().size();

    SequencedMap<PartyId, EmbeddedParties.Program<PartyOutcome>> programs = new LinkedHashMap<>();
    for (Part part : deployed.parts()) {
      request
          .options()
          .recorder()
          .ifPresent(recorder -> recorder.given(part.party(), "part", () -> PartFile.bytes(part)));
      RandomSource own = random.fork(part.party().name());
      programs.put(
          part.party(),
          switch (part) {
            case UserPart user -> session -> SecoParty.user(user, session, request.inputs(), own);
            case ServerPart server ->
                session -> SecoParty.server(server, session, count, progress, own);
          });
    }
    EmbeddedRun<PartyOutcome> run = EmbeddedRun.of(id, programs, request.options(), links);
    PartyOutcome user = run.outcomes().firstEntry().getValue();
    Map<PartyId, Long> peaks = new LinkedHashMap<>();
    run.outcomes().forEach((party, outcome) -> peaks.put(party, outcome.peakMaterialBytes()));
    FloodedNoise flooded = plan.flooded().times(count);
    return new InferenceReport(
        user.outputs(),
        run.costs(),
        peaks,
        user.participationNanos(),
        user.waitingNanos(),
        flooded.coefficients(),
        flooded.statisticalDistanceLog2(),
        run.views());
  }
}
