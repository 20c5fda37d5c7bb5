package org.secolab.protocol.secopaper;

import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** A protocol as printed: all of it but its name, its guarantee and who evaluates. */
public interface Printed extends InferenceProtocol {
  /** What runs it. */
  PrintedProtocol protocol();

  @Override
  default Optional<Modulus> requiredModulus() {
    return Optional.of(protocol().modulus());
  }

  @Override
  default void check(FixedModel model, SplitPlan split, RunOptions options) {
    protocol().check(model, split, options);
  }

  @Override
  default InferencePlan plan(
      FixedModel model, SplitPlan split, RunOptions options, int inferences) {
    return protocol().plan(model, split, options, inferences);
  }

  @Override
  default InferenceReport run(
      InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException {
    return protocol().run(request, progress, random);
  }
}
