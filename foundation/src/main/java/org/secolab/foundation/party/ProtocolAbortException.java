package org.secolab.foundation.party;

/**
 * A peer broke the protocol or is gone; this run ends without a result. Thrown if and only if that.
 * The text never contains a secret.
 */
public final class ProtocolAbortException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient PartyId blamed;

  /**
   * An abort.
   *
   * @param blamed the party whose message was missing or wrong
   * @param what what was expected and what came instead
   */
  public ProtocolAbortException(PartyId blamed, String what) {
    super(blamed + ": " + what);
    this.blamed = blamed;
  }

  /** An abort because a link failed. */
  public ProtocolAbortException(PartyId blamed, Throwable cause) {
    super(blamed + ": " + cause.getMessage(), cause);
    this.blamed = blamed;
  }

  /** An abort with the parse error that shows it. */
  public ProtocolAbortException(PartyId blamed, String what, Throwable cause) {
    super(blamed + ": " + what, cause);
    this.blamed = blamed;
  }

  /** The party whose message was missing or wrong. */
  public PartyId blamed() {
    return blamed;
  }
}
