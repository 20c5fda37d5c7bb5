package org.secolab.protocol.material;

import java.util.concurrent.atomic.AtomicReference;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.secret.Secret;

/**
 * Something that may be used once: a mask, a share, a garbled circuit. Using it twice would let a
 * peer subtract two messages and cancel the mask, so the second use fails before anything is sent.
 *
 * <p>It is consumed before it is used: whoever fails after {@link #take} has burnt it. Nothing here
 * is written to disk, so after a crash there is nothing left to use again.
 */
public final class OneTime<T> {
  private final String name;
  private final AtomicReference<T> content;

  /**
   * Something unused.
   *
   * @param name what it is, for the error message; nothing secret
   */
  public OneTime(String name, T content) {
    this.name = name;
    this.content = new AtomicReference<>(content);
  }

  /**
   * Something unused whose making takes other parties: if that fails, what is half made is
   * zeroised.
   *
   * @param name what it is, for the error message; nothing secret
   */
  public static <T extends Secret> OneTime<T> of(
      String name, T content, Secret.Filling<T, ProtocolAbortException> filling)
      throws ProtocolAbortException {
    return new OneTime<>(name, Secret.filled(content, filling));
  }

  /**
   * Hands the content out, once.
   *
   * @throws IllegalStateException the second time
   */
  @SuppressWarnings("NullAway") // An empty reference is what "used" means here.
  public T take() {
    T taken = content.getAndSet(null);
    if (taken == null) {
      throw new IllegalStateException("expected unused " + name + ", got it for the second time");
    }
    return taken;
  }

  @Override
  public String toString() {
    return "OneTime[" + name + "]";
  }
}
