package org.secolab.modelio.fixed;

/** A fixed-point model and what is known about its ranges. */
public record QuantisedModel(FixedModel model, RangeReport ranges) {
  /** The same, giving away the position of the largest output only. */
  public QuantisedModel revealingLabel() {
    return new QuantisedModel(model.revealingLabel(), ranges);
  }
}
