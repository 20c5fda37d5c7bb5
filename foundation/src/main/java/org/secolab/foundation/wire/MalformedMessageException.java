package org.secolab.foundation.wire;

/** Bytes that do not parse, with what was expected and found; never with the bytes themselves. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedMessageException(String what) {
    super(what);
  }
}
