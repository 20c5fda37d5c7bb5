package org.secolab.protocol.delphi3;

import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.inference.Guarantee;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.secopaper.PrintedProtocol;
import org.secolab.protocol.secopaper.Roles;

/** B garbles, C's labels are forwarded, A evaluates. */
public final class Delphi3Protocol implements InferenceProtocol {
  private final PrintedProtocol protocol = new PrintedProtocol(Roles.DELPHI_3);

  @Override
  public String name() {
    return "delphi3";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee(
        "semi-honest, static: the user; one server; remote2 with another server",
        "NOT against {A, B}: the gateway evaluates and remote1 knows both labels of every wire;"
            + " together they read remote2's mask of every layer and so every activation behind the"
            + " cut. The gateway is needed online in every activation behind the cut, and the user"
            + " learns the shape of the first layer there");
  }

  @Override
  public Optional<Modulus> requiredModulus() {
    return Optional.of(protocol.modulus());
  }

  @Override
  public void check(FixedModel model, SplitPlan split, RunOptions options) {
    protocol.check(model, split, options);
  }

  @Override
  public InferencePlan plan(FixedModel model, SplitPlan split, RunOptions options, int inferences) {
    return protocol.plan(model, split, options, inferences);
  }

  @Override
  public InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException {
    return protocol.run(request, progress, random);
  }
}
