package org.secolab.foundation.secret;

import java.util.Arrays;

/** Secret bytes. The array is owned by this object. */
public final class SecretBytes implements Secret {
  private final byte[] values;
  private boolean closed;

  /** Takes ownership of {@code values}: the caller must not keep it. */
  public SecretBytes(byte[] values) {
    this.values = values;
  }

  /** The number of bytes. */
  public int length() {
    return values.length;
  }

  /**
   * The bytes themselves, not a copy.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public byte[] values() {
    if (closed) {
      throw new IllegalStateException("expected an open secret, got a closed one");
    }
    return values;
  }

  @Override
  public void close() {
    Arrays.fill(values, (byte) 0);
    closed = true;
  }

  @Override
  public String toString() {
    return "SecretBytes";
  }
}
