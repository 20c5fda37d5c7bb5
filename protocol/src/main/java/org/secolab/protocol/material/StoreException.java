package org.secolab.protocol.material;

import java.io.IOException;
import java.nio.file.Path;
import org.secolab.mpcgc.multiparty.BatchFileException;

/**
 * A store of prepared material that cannot be used; names the file or folder, never its contents.
 */
@SuppressWarnings("exports") // Made in this module only.
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  /** What was expected of {@code place} and what it is. */
  public StoreException(Path place, String what) {
    super(place + ": " + what);
  }

  /** A garbled layer that cannot be used. */
  public StoreException(BatchFileException e) {
    super(e.getMessage(), e);
  }

  /** The same as the first, with what led to it. */
  public StoreException(Path place, String what, Throwable cause) {
    super(place + ": " + what, cause);
  }
}
