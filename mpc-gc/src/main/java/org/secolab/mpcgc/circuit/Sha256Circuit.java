package org.secolab.mpcgc.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The compression function of SHA-256 (FIPS 180-4, section 6.2). */
public final class Sha256Circuit {
  private final CircuitBuilder builder;
  private final Words words;

  private Sha256Circuit(CircuitBuilder builder) {
    this.builder = builder;
    this.words = new Words(builder);
  }

  /**
   * Inputs {@code block}, 16 words, and {@code state}, 8 words of 32 bits; output {@code state}, 8
   * words.
   */
  public static Circuit compression(InputKind block, InputKind state) {
    CircuitBuilder builder = new CircuitBuilder();
    List<Word> message = builder.inputs("block", block, 16, 32);
    List<Word> chain = builder.inputs("state", state, 8, 32);
    for (Word word : new Sha256Circuit(builder).compress(message, chain)) {
      builder.output("state", word);
    }
    return builder.build();
  }

  private List<Word> compress(List<Word> block, List<Word> state) {
    List<Word> schedule = new ArrayList<>(block);
    for (int t = 16; t < 64; t++) {
      Word fifteen = schedule.get(t - 15);
      Word two = schedule.get(t - 2);
      Word small0 = xor(rotate(fifteen, 7), rotate(fifteen, 18), shift(fifteen, 3));
      Word small1 = xor(rotate(two, 17), rotate(two, 19), shift(two, 10));
      schedule.add(words.sum(List.of(small1, schedule.get(t - 7), small0, schedule.get(t - 16))));
    }
    int[] constants = roundConstants();
    List<Word> v = new ArrayList<>(state);
    for (int t = 0; t < 64; t++) {
      Word a = v.get(0);
      Word e = v.get(4);
      Word big1 = xor(rotate(e, 6), rotate(e, 11), rotate(e, 25));
      Word choice = choose(e, v.get(5), v.get(6));
      Word temporary =
          words.sum(
              List.of(v.get(7), big1, choice, Word.constant(constants[t], 32), schedule.get(t)));
      Word big0 = xor(rotate(a, 2), rotate(a, 13), rotate(a, 22));
      Word majority = majority(a, v.get(1), v.get(2));
      v =
          List.of(
              words.sum(List.of(temporary, big0, majority)),
              a,
              v.get(1),
              v.get(2),
              words.add(v.get(3), temporary),
              e,
              v.get(5),
              v.get(6));
    }
    List<Word> result = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      result.add(words.add(state.get(i), v.get(i)));
    }
    return result;
  }

  /** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
  private static int[] roundConstants() {
    int[] constants = new int[64];
    int prime = 1;
    for (int t = 0; t < 64; t++) {
      do {
        prime++;
      } while (!BigInteger.valueOf(prime).isProbablePrime(20));
      // ⌊2^32 · prime^(1/3)⌋ by bisection on whole numbers.
      BigInteger cube = BigInteger.valueOf(prime).shiftLeft(96);
      BigInteger low = BigInteger.ZERO;
      for (int bit = 36; bit >= 0; bit--) {
        BigInteger candidate = low.setBit(bit);
        if (candidate.pow(3).compareTo(cube) <= 0) {
          low = candidate;
        }
      }
      constants[t] = low.intValue();
    }
    return constants;
  }

  private static Word rotate(Word a, int distance) {
    List<Bit> bits = new ArrayList<>(a.bits().subList(distance, a.width()));
    bits.addAll(a.bits().subList(0, distance));
    return new Word(bits);
  }

  private static Word shift(Word a, int distance) {
    return a.slice(distance, a.width()).zeroExtend(a.width());
  }

  private Word xor(Word a, Word b, Word c) {
    List<Bit> bits = new ArrayList<>();
    for (int i = 0; i < a.width(); i++) {
      bits.add(builder.xor(builder.xor(a.bit(i), b.bit(i)), c.bit(i)));
    }
    return new Word(bits);
  }

  private Word choose(Word condition, Word ifOne, Word ifZero) {
    List<Bit> bits = new ArrayList<>();
    for (int i = 0; i < condition.width(); i++) {
      bits.add(builder.select(condition.bit(i), ifOne.bit(i), ifZero.bit(i)));
    }
    return new Word(bits);
  }

  private Word majority(Word a, Word b, Word c) {
    List<Bit> bits = new ArrayList<>();
    for (int i = 0; i < a.width(); i++) {
      Bit mixed = builder.and(builder.xor(a.bit(i), c.bit(i)), builder.xor(b.bit(i), c.bit(i)));
      bits.add(builder.xor(c.bit(i), mixed));
    }
    return new Word(bits);
  }
}
