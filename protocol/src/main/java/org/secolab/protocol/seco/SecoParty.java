package org.secolab.protocol.seco;

import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Session;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.ParameterPolicy;

/**
 * One party of the default protocol, knowing nothing but its own part; the same code whether all
 * parties share a process or each has its own.
 */
public final class SecoParty {
  private SecoParty() {}

  /**
   * The model owner's step, with secure parameters.
   *
   * @throws IllegalArgumentException with one line, if this protocol cannot run that
   */
  public static DeployedModel deploy(FixedModel model, SplitPlan split, RandomSource random) {
    split.check(model);
    return deploy(model, SecoPlan.of(model, split, ParameterPolicy.SECURE), random);
  }

  static DeployedModel deploy(FixedModel model, SecoPlan plan, RandomSource random) {
    return DeployedModel.cut(
        model,
        plan.split(),
        DeployedParameters.of(plan.gateway().choice()),
        DeployedParameters.of(plan.remote().choice()),
        random);
  }

  /**
   * The user.
   *
   * @param inputs residues, one array of the model's input size for each inference
   * @throws ProtocolAbortException if the gateway broke the protocol or is gone
   */
  public static PartyOutcome user(
      UserPart part, Session session, List<long[]> inputs, RandomSource random)
      throws ProtocolAbortException {
    SecoPlan plan = SecoPlan.of(part);
    try (UserProgram user =
        new UserProgram(plan.layers(), session, Transition.ofUser(plan, session), random)) {
      return user.run(inputs);
    }
  }

  /**
   * The gateway or a remote server.
   *
   * @param inferences how many inputs the user has
   * @param progress told by the gateway, which takes part in everything
   * @throws ProtocolAbortException if a peer broke the protocol or is gone
   */
  public static PartyOutcome server(
      ServerPart part,
      Session session,
      int inferences,
      ProgressListener progress,
      RandomSource random)
      throws ProtocolAbortException {
    SecoPlan plan = SecoPlan.of(part);
    if (part.party().equals(SplitPlan.GATEWAY)) {
      Progress steps = new Progress(progress, plan.layers(), inferences);
      try (GatewayProgram gateway =
          new GatewayProgram(plan, part.model(), session, steps, random)) {
        for (int inference = 0; inference < inferences; inference++) {
          gateway.online(gateway.prepare(inference), random.fork("result " + inference));
        }
        session.leave();
        return PartyOutcome.ofServer(gateway.peakMaterialBytes());
      }
    }
    if (!plan.layers().hasRemoteLayers()) {
      return PartyOutcome.ofServer(0);
    }
    try (RemoteProgram remote = new RemoteProgram(plan, part.model(), session, random)) {
      for (int inference = 0; inference < inferences; inference++) {
        remote.online(remote.prepare(inference), random.fork("result " + inference));
      }
      session.leave();
      return PartyOutcome.ofServer(remote.peakMaterialBytes());
    }
  }
}
