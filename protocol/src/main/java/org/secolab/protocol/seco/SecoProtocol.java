package org.secolab.protocol.seco;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.MeteringChannel;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.inference.Guarantee;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
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
  public void check(FixedModel model, SplitPlan split) {
    split.check(model);
    var _ = SecoPlan.of(model, split, policy);
  }

  @Override
  public InferencePlan plan(FixedModel model, SplitPlan split, int inferences) {
    split.check(model);
    SecoPlan plan = SecoPlan.of(model, split, policy);
    return new SecoForecast(model, plan).of(inferences);
  }

  /** What a party's program leaves behind. */
  private record Outcome(
      List<long[]> outputs, long participationNanos, long waitingNanos, long peakMaterialBytes) {
    static Outcome ofServer(long peakMaterialBytes) {
      return new Outcome(List.of(), 0, 0, peakMaterialBytes);
    }
  }

  @Override
  public InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException {
    SplitPlan split = request.split();
    SecoPlan plan = SecoPlan.of(request.model(), split, policy);
    ModelParts parts = ModelParts.cut(request.model(), split, random.fork("deploy"));
    SessionId id = SessionId.random(random.fork("session"));
    int count = request.inputs().size();

    SequencedMap<PartyId, EmbeddedParties.Program<Outcome>> programs = new LinkedHashMap<>();
    RandomSource userRandom = random.fork("user");
    programs.put(SplitPlan.USER, session -> user(plan, session, request.inputs(), userRandom));
    RandomSource gatewayRandom = random.fork("gateway");
    programs.put(
        SplitPlan.GATEWAY,
        session -> {
          GatewayProgram gateway =
              new GatewayProgram(
                  plan,
                  parts.gateway(),
                  session,
                  new Progress(progress, plan, count),
                  gatewayRandom);
          for (int inference = 0; inference < count; inference++) {
            gateway.online(gateway.prepare(inference), gatewayRandom.fork("result " + inference));
          }
          session.leave();
          return Outcome.ofServer(gateway.peakMaterialBytes());
        });
    for (int j = 1; j <= split.remoteServers(); j++) {
      FixedModel share = parts.remotes().get(j - 1);
      RandomSource remoteRandom = random.fork("remote " + j);
      programs.put(
          SplitPlan.remote(j),
          session ->
              plan.hasRemoteLayers()
                  ? remote(plan, share, session, count, remoteRandom)
                  : Outcome.ofServer(0));
    }
    return run(request, plan, id, programs);
  }

  private static Outcome user(
      SecoPlan plan, Session session, List<long[]> inputs, RandomSource random)
      throws ProtocolAbortException {
    UserProgram user = new UserProgram(plan, session, random);
    List<long[]> outputs = new ArrayList<>();
    for (int inference = 0; inference < inputs.size(); inference++) {
      outputs.add(user.online(inputs.get(inference), user.prepare(inference)));
    }
    session.leave();
    return new Outcome(
        outputs, user.participationNanos(), user.waitingNanos(), user.peakMaterialBytes());
  }

  private static Outcome remote(
      SecoPlan plan, FixedModel share, Session session, int count, RandomSource random)
      throws ProtocolAbortException {
    RemoteProgram remote = new RemoteProgram(plan, share, session, random);
    for (int inference = 0; inference < count; inference++) {
      remote.online(remote.prepare(inference), random.fork("result " + inference));
    }
    session.leave();
    return Outcome.ofServer(remote.peakMaterialBytes());
  }

  private InferenceReport run(
      InferenceRequest request,
      SecoPlan plan,
      SessionId id,
      SequencedMap<PartyId, EmbeddedParties.Program<Outcome>> programs)
      throws ProtocolAbortException {
    List<PartyId> parties = request.split().parties();
    InMemoryNetwork network = new InMemoryNetwork(parties);
    SequencedMap<PartyId, CostMeter> meters = new LinkedHashMap<>();
    Map<PartyId, Session> sessions = new LinkedHashMap<>();
    Map<PartyId, RecordingChannel> recordings = new LinkedHashMap<>();
    for (PartyId party : parties) {
      CostMeter meter = new CostMeter();
      Channel channel = links.apply(network.channel(party));
      if (request.recordViews()) {
        RecordingChannel recording = new RecordingChannel(channel);
        recordings.put(party, recording);
        channel = recording;
      }
      meters.put(party, meter);
      sessions.put(
          party,
          new Session(id, new Roster(parties, party), new MeteringChannel(channel, meter), meter));
    }
    SequencedMap<PartyId, Outcome> outcomes =
        EmbeddedParties.run(
            network, programs, party -> Objects.requireNonNull(sessions.get(party)));
    Outcome user = outcomes.firstEntry().getValue();
    Map<PartyId, Long> peaks = new LinkedHashMap<>();
    outcomes.forEach((party, outcome) -> peaks.put(party, outcome.peakMaterialBytes()));
    long flooded = plan.floodedCoefficients() * request.inputs().size();
    return new InferenceReport(
        user.outputs(),
        meters,
        peaks,
        user.participationNanos(),
        user.waitingNanos(),
        flooded,
        plan.statisticalDistanceLog2(request.inputs().size()),
        recordings.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().entries())));
  }
}
