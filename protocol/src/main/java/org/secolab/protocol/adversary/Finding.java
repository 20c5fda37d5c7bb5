package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;

/**
 * What an attack got, counted against the truth.
 *
 * @param unit what is counted, such as {@code weights recovered}
 * @param right how many the attacker got right
 * @param of how many there are
 * @param byChance how likely a guess is right that uses nothing the attacker saw
 * @param evidence numbers behind the count
 */
public record Finding(String unit, long right, long of, double byChance, List<Evidence> evidence) {
  /**
   * One number.
   *
   * @param what it is, with its unit
   */
  public record Evidence(String what, double value) {}

  /** More than guessing: this many standard deviations above its mean, and a few. */
  private static final double DEVIATIONS = 6;

  private static final int A_FEW = 2;

  public Finding {
    evidence = List.copyOf(evidence);
    if (right < 0 || right > of || of < 1 || !(byChance >= 0 && byChance < 1)) {
      throw new IllegalArgumentException(
          "expected a part of a whole, got " + right + " of " + of + " by chance " + byChance);
    }
  }

  /** Without further numbers. */
  public Finding(String unit, long right, long of, double byChance) {
    this(unit, right, of, byChance, List.of());
  }

  /** Counts the places where {@code found} is {@code truth}. */
  public static Finding compare(String unit, long[] found, long[] truth, double byChance) {
    if (found.length != truth.length) {
      throw new IllegalArgumentException(
          "expected " + truth.length + " values, got " + found.length);
    }
    long right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += found[i] == truth[i] ? 1 : 0;
    }
    return new Finding(unit, right, truth.length, byChance);
  }

  /** The same with one more number. */
  public Finding with(String what, double value) {
    List<Evidence> more = new ArrayList<>(evidence);
    more.add(new Evidence(what, value));
    return new Finding(unit, right, of, byChance, more);
  }

  /** How many a guesser gets right on average. */
  public double guessed() {
    return of * byChance;
  }

  /**
   * Whether the attacker got more right than a guesser would: he hardly ever has, by chance, once
   * in a hundred million runs or so.
   */
  public boolean succeeded() {
    double deviation = Math.sqrt(of * byChance * (1 - byChance));
    return right > guessed() + DEVIATIONS * deviation + A_FEW;
  }

  /** Such as {@code 144 of 144 weights recovered}. */
  public String summary() {
    return right + " of " + of + " " + unit;
  }
}
