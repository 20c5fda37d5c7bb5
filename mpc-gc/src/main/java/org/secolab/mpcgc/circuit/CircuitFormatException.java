package org.secolab.mpcgc.circuit;

/** A text that does not describe a circuit. */
public final class CircuitFormatException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * An error at a place.
   *
   * @param line from 1 on
   * @param what what was expected and what came instead
   */
  public CircuitFormatException(int line, String what) {
    super("line " + line + ": " + what);
  }
}
