package org.secolab.protocol.deploy;

import java.nio.file.Path;

/** A file that is no usable part of a deployed model; names the file, never its contents. */
public final class PartFormatException extends Exception {
  private static final long serialVersionUID = 1;

  public PartFormatException(Path file, String what) {
    super(file + ": " + what);
  }

  public PartFormatException(Path file, String what, Throwable cause) {
    super(file + ": " + what, cause);
  }
}
