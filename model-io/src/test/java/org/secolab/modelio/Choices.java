package org.secolab.modelio;

import java.util.List;

/**
 * Choices of a random test, all made by one number, so that a property's seed repeats them.
 *
 * <p>SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
public final class Choices {
  private long state;

  public Choices(long seed) {
    this.state = seed;
  }

  public long bits() {
    state += 0x9e3779b97f4a7c15L;
    long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** An integer from low to high, both included. */
  public int between(int low, int high) {
    return low + (int) Long.remainderUnsigned(bits(), high - low + 1L);
  }

  public boolean coin() {
    return bits() < 0;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <T> T of(T... options) {
    return of(List.of(options));
  }

  public <T> T of(List<T> options) {
    return options.get(between(0, options.size() - 1));
  }

  /** A number in [low, high) that is a float. */
  public float real(double low, double high) {
    return (float) (low + (high - low) * (bits() >>> 11) * 0x1p-53);
  }

  public float[] reals(int count, double low, double high) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = real(low, high);
    }
    return values;
  }
}
