package org.secolab.modelio.input;

/** An input or label file that cannot be used. The message is one line and names the file. */
public final class InputFormatException extends Exception {
  private static final long serialVersionUID = 1;

  public InputFormatException(String file, String reason) {
    super(oneLine(file + ": " + reason));
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
