package org.secolab.foundation.secret;

import java.util.Arrays;

/** Secret 64-bit words. The array is owned by this object. */
public final class SecretLongs implements Secret {
  private final long[] values;
  private boolean closed;

  /** Takes ownership of {@code values}: the caller must not keep it. */
  public SecretLongs(long[] values) {
    this.values = values;
  }

  /** The number of words. */
  public int length() {
    return values.length;
  }

  /**
   * The words themselves, not a copy.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public long[] values() {
    if (closed) {
      throw new IllegalStateException("expected an open secret, got a closed one");
    }
    return values;
  }

  @Override
  public void close() {
    Arrays.fill(values, 0L);
    closed = true;
  }

  @Override
  public String toString() {
    return "SecretLongs";
  }
}
