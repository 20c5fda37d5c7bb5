package org.secolab.repro.view;

/** A folder or file that is no recorded run; the message names file and line. */
public final class ViewFormatException extends Exception {
  private static final long serialVersionUID = 1;

  /** The one line that is shown. */
  public ViewFormatException(String message) {
    super(message);
  }
}
