package org.secolab.protocol.secopaper;

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

/** SECO as printed: B garbles, A's labels are forwarded, C evaluates. */
public final class SecoPaperProtocol implements InferenceProtocol {
  private final PrintedProtocol protocol = new PrintedProtocol(Roles.SECO);

  @Override
  public String name() {
    return "seco-paper";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee(
        "semi-honest, static: the user; one server; the gateway with one remote server",
        "NOT against both remote servers {B, C}, though the paper claims it: remote1 garbled and"
            + " knows both labels of the gateway's wires, remote2 holds the ones it got; together"
            + " they read the gateway's mask r^1 of every layer and so every activation behind the"
            + " cut. The user learns the shape of the first layer behind the cut, and the time to"
            + " the result tells how much lies there");
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
