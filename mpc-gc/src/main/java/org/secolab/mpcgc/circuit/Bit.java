package org.secolab.mpcgc.circuit;

/**
 * A bit inside a {@link CircuitBuilder}: a wire or its complement. Complements are free, and two
 * equal bits are the same wire.
 *
 * @param literal twice the wire's number, plus 1 for the complement; 0 and 1 are the constants
 */
public record Bit(int literal) {
  /** The constant 0. */
  public static final Bit ZERO = new Bit(0);

  /** The constant 1. */
  public static final Bit ONE = new Bit(1);

  /** 1 where this is 0. */
  public Bit not() {
    return new Bit(literal ^ 1);
  }

  int wire() {
    return literal >>> 1;
  }

  boolean complemented() {
    return (literal & 1) != 0;
  }
}
