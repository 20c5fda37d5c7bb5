package org.secolab.modelio.fixed;

/** A fixed-point model and what is known about its ranges. */
public record QuantisedModel(FixedModel model, RangeReport ranges) {}
