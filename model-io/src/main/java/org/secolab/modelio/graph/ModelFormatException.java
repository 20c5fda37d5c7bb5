package org.secolab.modelio.graph;

/**
 * A model that cannot be used. The message is one line: file, node, operator, and what is wrong.
 */
public final class ModelFormatException extends Exception {
  private static final long serialVersionUID = 1;

  /** The model as a whole cannot be used. */
  public ModelFormatException(String model, String reason) {
    super(oneLine(model + ": " + reason));
  }

  /** One node cannot be used. */
  public ModelFormatException(String model, String node, String operator, String reason) {
    super(oneLine(model + ": node " + node + " (" + operator + "): " + reason));
  }

  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder();
    message
        .codePoints()
        .limit(1000)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }
}
