package org.secolab.foundation.secret;

/**
 * A value that must not outlive its use. Closing it overwrites its memory with zeros, as far as a
 * moving garbage collector lets anyone do that.
 *
 * <p>Implementations are final classes, never records; {@code toString} is the type's name; there
 * is no {@code equals}; no branch and no array index depends on what is inside.
 */
public interface Secret extends AutoCloseable {
  /** Zeroises; harmless when repeated. */
  @Override
  void close();

  /** Fills a secret. */
  @FunctionalInterface
  interface Filling<T, E extends Exception> {
    void fill(T secret) throws E;
  }

  /** Fills a secret; if that fails, however it does, what is half made is zeroised. */
  static <T extends Secret, E extends Exception> T filled(T secret, Filling<T, E> filling)
      throws E {
    try {
      filling.fill(secret);
    } catch (Throwable failure) {
      secret.close();
      throw failure;
    }
    return secret;
  }
}
