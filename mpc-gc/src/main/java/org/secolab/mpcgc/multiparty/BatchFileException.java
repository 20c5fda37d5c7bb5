package org.secolab.mpcgc.multiparty;

import java.nio.file.Path;

/** A file of stored garbling material that cannot be used. */
public final class BatchFileException extends Exception {
  private static final long serialVersionUID = 1;

  /** What was expected of {@code file} and what it is. */
  public BatchFileException(Path file, String what) {
    super(file + ": " + what);
  }
}
