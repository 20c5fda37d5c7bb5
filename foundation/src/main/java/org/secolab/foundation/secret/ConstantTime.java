package org.secolab.foundation.secret;

/** Operations on secrets whose time does not depend on their values, as far as a JVM allows. */
public final class ConstantTime {
  private ConstantTime() {}

  /** {@code ifOne} where {@code bit} is 1, {@code ifZero} where it is 0. */
  public static long select(long bit, long ifOne, long ifZero) {
    return ifZero ^ (-bit & (ifOne ^ ifZero));
  }
}
