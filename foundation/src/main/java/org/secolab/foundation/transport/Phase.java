package org.secolab.foundation.transport;

/** When something happens. */
public enum Phase {
  /** Reusable things: keys, base oblivious transfers, weights in transformed form. */
  SETUP_ONCE("setupOnce"),
  /** One-time material that the servers make without the user. */
  SETUP_PER_INFERENCE("setupPerInference"),
  /** One-time material made with the user, before the input is known. */
  PREPROCESSING("preprocessing"),
  /** From the input to the result. */
  ONLINE("online");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** The name in reports. */
  public String label() {
    return label;
  }
}
