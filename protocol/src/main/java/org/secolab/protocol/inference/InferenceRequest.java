package org.secolab.protocol.inference;

import java.util.List;
import org.secolab.modelio.fixed.FixedModel;

/** What is to be computed. */
public final class InferenceRequest {
  private final FixedModel model;
  private final SplitPlan split;
  private final List<long[]> inputs;
  private final RunOptions options;

  /**
   * A request.
   *
   * @param model the whole model, as its owner has it
   * @param split who holds which layers
   * @param inputs residues, one array of the model's input size for each inference
   * @param options how the run is to go
   * @throws IllegalArgumentException if the split or an input does not fit the model
   */
  public InferenceRequest(
      FixedModel model, SplitPlan split, List<long[]> inputs, RunOptions options) {
    split.check(model);
    for (long[] input : inputs) {
      if (input.length != model.inputShape().size()) {
        throw new IllegalArgumentException(
            "expected inputs of " + model.inputShape().size() + " values, got " + input.length);
      }
    }
    this.model = model;
    this.split = split;
    this.inputs = List.copyOf(inputs);
    this.options = options;
  }

  /** The whole model. */
  public FixedModel model() {
    return model;
  }

  /** Who holds which layers. */
  public SplitPlan split() {
    return split;
  }

  /** One array for each inference. */
  public List<long[]> inputs() {
    return inputs;
  }

  /** How the run is to go. */
  public RunOptions options() {
    return options;
  }
}
