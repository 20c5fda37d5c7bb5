package org.secolab.protocol.inference;

/**
 * How convolutions and fully connected layers are to be packed into ciphertexts.
 *
 * @param packing which ways may be taken
 * @param objective what is to be small, where there is a choice
 */
public record LinearOptions(Packing packing, Objective objective) {
  /** As the protocol does it, with few bytes. */
  public static final LinearOptions STANDARD =
      new LinearOptions(Packing.PROTOCOL, Objective.TOTAL_BYTES);

  /** Which ways of packing may be taken. */
  public enum Packing {
    /** The protocol's own. */
    PROTOCOL("protocol"),
    /** Values as coefficients: any modulus, no rotations. */
    COEFFICIENT("coefficient"),
    /** Values in slots, moved by rotations: prime moduli. */
    SLOTS("slots"),
    /** For each layer whatever serves the objective best. */
    CHEAPEST("cheapest");

    private final String label;

    Packing(String label) {
      this.label = label;
    }

    /** As on the command line. */
    @Override
    public String toString() {
      return label;
    }
  }

  /** What is to be small. */
  public enum Objective {
    /** The bytes that all parties send for one inference, keys and weights included. */
    TOTAL_BYTES("bytes"),
    /** The bytes to and from the user. */
    USER_BYTES("user-bytes"),
    /** The servers' computing. */
    SERVER_TIME("server-time");

    private final String label;

    Objective(String label) {
      this.label = label;
    }

    /** As on the command line. */
    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * For protocols modulo a power of two, which pack coefficients for few bytes.
   *
   * @throws IllegalArgumentException if something else is asked for
   */
  public void requireCoefficients(String protocol) {
    if (packing == Packing.SLOTS) {
      throw new IllegalArgumentException(
          "packing: expected protocol or coefficient, since "
              + protocol
              + " computes modulo a power of two, where there are no slots; got slots");
    }
    if (objective != Objective.TOTAL_BYTES) {
      throw new IllegalArgumentException(
          "objective: expected bytes, which "
              + protocol
              + " packs for whatever else is asked; got "
              + objective);
    }
  }
}
