package org.secolab.repro.cli;

/** What the command's exit codes mean. */
final class ExitCodes {
  /** Done. */
  static final int DONE = 0;

  /** The command line was wrong, or asks for something impossible. */
  static final int USAGE = 2;

  /** A model or an input cannot be used. */
  static final int BAD_FILE = 3;

  /** A party broke the protocol. */
  static final int ABORTED = 4;

  /** The secure result differs from the plaintext result, which must never happen. */
  static final int WRONG_RESULT = 5;

  /** An attack of the security laboratory ended otherwise than expected. */
  static final int UNEXPECTED_OUTCOME = 6;

  private ExitCodes() {}
}
