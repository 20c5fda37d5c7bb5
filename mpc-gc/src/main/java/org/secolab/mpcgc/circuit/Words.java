package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic on words, with the number of AND gates each operation takes (ℓ the width; XOR, NOT and
 * shifts are free). Constant operands take fewer.
 */
public final class Words {
  private final CircuitBuilder builder;

  /** Operations that add their gates to {@code builder}. */
  public Words(CircuitBuilder builder) {
    this.builder = builder;
  }

  /** a + b modulo 2^ℓ: ℓ − 1. */
  public Word add(Word a, Word b) {
    requireSameWidth(a, b);
    List<Bit> sum = new ArrayList<>();
    Bit carry = Bit.ZERO;
    for (int i = 0; i < a.width(); i++) {
      sum.add(builder.xor(builder.xor(a.bit(i), b.bit(i)), carry));
      if (i + 1 < a.width()) {
        carry = majority(a.bit(i), b.bit(i), carry);
      }
    }
    return new Word(sum);
  }

  /** a − b modulo 2^ℓ: ℓ − 1. */
  public Word subtract(Word a, Word b) {
    // a − b = ¬(¬a + b), which needs no carry in.
    return add(a.not(), b).not();
  }

  /** −a modulo 2^ℓ: ℓ − 2. */
  public Word negate(Word a) {
    return subtract(Word.constant(0, a.width()), a);
  }

  /** At least two of three: one AND. */
  private Bit majority(Bit a, Bit b, Bit c) {
    return builder.xor(c, builder.and(builder.xor(a, c), builder.xor(b, c)));
  }

  /**
   * The sum of k words modulo 2^ℓ: at most (k − 1)(ℓ − 1). Three words become two without any carry
   * running, so that only the last addition has a long path.
   */
  public Word sum(List<Word> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("expected at least one word, got none");
    }
    List<Word> left = new ArrayList<>(words);
    while (left.size() > 2) {
      Word a = left.removeFirst();
      Word b = left.removeFirst();
      Word c = left.removeFirst();
      requireSameWidth(a, b);
      requireSameWidth(a, c);
      List<Bit> sum = new ArrayList<>();
      List<Bit> carries = new ArrayList<>(List.of(Bit.ZERO));
      for (int i = 0; i < a.width(); i++) {
        sum.add(builder.xor(builder.xor(a.bit(i), b.bit(i)), c.bit(i)));
        if (i + 1 < a.width()) {
          carries.add(majority(a.bit(i), b.bit(i), c.bit(i)));
        }
      }
      left.add(new Word(sum));
      left.add(new Word(carries));
    }
    return left.size() == 1 ? left.getFirst() : add(left.getFirst(), left.getLast());
  }

  /** Whether a &lt; b as unsigned numbers: ℓ. */
  public Bit lessThan(Word a, Word b) {
    requireSameWidth(a, b);
    // The borrow of a − b.
    Bit borrow = Bit.ZERO;
    for (int i = 0; i < a.width(); i++) {
      borrow = majority(a.bit(i).not(), b.bit(i), borrow);
    }
    return borrow;
  }

  /** Whether a &lt; b in two's complement: ℓ. */
  public Bit lessThanSigned(Word a, Word b) {
    return lessThan(flipSign(a), flipSign(b));
  }

  private static Word flipSign(Word a) {
    List<Bit> bits = new ArrayList<>(a.bits());
    bits.set(bits.size() - 1, a.sign().not());
    return new Word(bits);
  }

  /** {@code ifOne} where {@code condition} is 1, {@code ifZero} where it is 0: ℓ. */
  public Word select(Bit condition, Word ifOne, Word ifZero) {
    requireSameWidth(ifOne, ifZero);
    List<Bit> bits = new ArrayList<>();
    for (int i = 0; i < ifOne.width(); i++) {
      bits.add(builder.select(condition, ifOne.bit(i), ifZero.bit(i)));
    }
    return new Word(bits);
  }

  /** The larger of two numbers in two's complement: 2ℓ. */
  public Word maxSigned(Word a, Word b) {
    return select(lessThanSigned(a, b), b, a);
  }

  /** The largest of k numbers in two's complement, as a balanced tree: 2ℓ(k − 1). */
  public Word maxSigned(List<Word> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("expected at least one word, got none");
    }
    List<Word> level = words;
    while (level.size() > 1) {
      List<Word> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        next.add(maxSigned(level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        next.add(level.getLast());
      }
      level = next;
    }
    return level.getFirst();
  }

  /** {@code a} where {@code condition} is 1, 0 where it is 0: ℓ. */
  public Word gate(Bit condition, Word a) {
    return new Word(a.bits().stream().map(bit -> builder.and(condition, bit)).toList());
  }

  /**
   * max(a, 0) divided by 2^{@code shift}, rounded down, in two's complement: ℓ − 1 − shift. The
   * sign of the result is the constant 0.
   */
  public Word relu(Word a, int shift) {
    if (shift < 0 || shift >= a.width()) {
      throw new IllegalArgumentException(
          "expected a shift from 0 to " + (a.width() - 1) + ", got " + shift);
    }
    return gate(a.sign().not(), a.slice(shift, a.width() - 1)).zeroExtend(a.width());
  }

  /**
   * The same with rounding: max(a + 2^(shift − 1), 0) divided by 2^shift, rounded down; one more
   * addition of a constant, ℓ − shift more gates.
   */
  public Word reluRounded(Word a, int shift) {
    if (shift == 0) {
      return relu(a, 0);
    }
    return relu(add(a, Word.constant(1L << (shift - 1), a.width())), shift);
  }

  /**
   * max(a, 0) divided by 2^{@code shift}, rounded down, but at most {@code cap} (ReLU6 and its
   * like): with n = ℓ − 1 − shift, 2n less the ones at the end of {@code cap}; n if the cap never
   * takes effect.
   *
   * @param cap at least 0
   */
  public Word clip(Word a, int shift, long cap) {
    return capped(a, shift, cap, true);
  }

  /**
   * a divided by 2^{@code shift}, rounded down, but at most {@code cap}: as many as {@link #clip};
   * none if the cap never takes effect.
   *
   * @param cap at least 0
   */
  public Word atMost(Word a, int shift, long cap) {
    return capped(a, shift, cap, false);
  }

  private Word capped(Word a, int shift, long cap, boolean rectified) {
    if (cap < 0) {
      throw new IllegalArgumentException("expected a cap of at least 0, got " + cap);
    }
    Word quotient = a.shiftRightArithmetic(shift);
    int places = a.width() - 1 - shift;
    if (places == 0 || cap >= -1L >>> -places) {
      return rectified ? relu(a, shift) : quotient;
    }
    Word limit = Word.constant(cap, places);
    Bit positive = a.sign().not();
    Bit over = builder.and(positive, lessThan(limit, quotient.slice(0, places)));
    // Over excludes negative, so one gate for each bit serves both: keep the bit or make it 0.
    Bit keep = rectified ? builder.xor(positive, over) : over.not();
    List<Bit> bits = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      Bit kept = builder.and(keep, quotient.bit(i));
      bits.add(limit.bit(i).equals(Bit.ONE) ? builder.xor(kept, over) : kept);
    }
    Word low = new Word(bits);
    if (rectified) {
      return low.zeroExtend(a.width());
    }
    bits.add(a.sign());
    return new Word(bits).signExtend(a.width());
  }

  /**
   * The position of the largest of k numbers in two's complement, the first one if there are
   * several: for k = 2^u, ℓ(2k − 3) + k − u − 1.
   *
   * @return as many bits as k − 1 needs, at least 1
   */
  public Word argmaxSigned(List<Word> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("expected at least one word, got none");
    }
    int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(words.size() - 1));
    record Candidate(Word value, Word position) {}
    List<Candidate> level = new ArrayList<>();
    for (Word word : words) {
      level.add(new Candidate(word, Word.constant(level.size(), width)));
    }
    while (level.size() > 1) {
      List<Candidate> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        Candidate a = level.get(i);
        Candidate b = level.get(i + 1);
        Bit second = lessThanSigned(a.value(), b.value());
        // The positions of neighbours differ in a constant upper part, whose selection is free.
        next.add(
            new Candidate(
                select(second, b.value(), a.value()), select(second, b.position(), a.position())));
      }
      if (level.size() % 2 == 1) {
        next.add(level.getLast());
      }
      level = next;
    }
    return level.getFirst().position();
  }

  /** a · b modulo 2^ℓ: ℓ² − ℓ + 1. */
  public Word multiply(Word a, Word b) {
    requireSameWidth(a, b);
    int width = a.width();
    Word product = gate(b.bit(0), a);
    for (int i = 1; i < width; i++) {
      Word partial = gate(b.bit(i), a.slice(0, width - i));
      Word upper = add(product.slice(i, width), partial);
      List<Bit> bits = new ArrayList<>(product.bits().subList(0, i));
      bits.addAll(upper.bits());
      product = new Word(bits);
    }
    return product;
  }

  /**
   * a − b modulo a constant {@code p}, for a below p and b at most p: 2ℓ − 1 for odd p. Who owns b
   * may enter p − b instead and so have it added.
   */
  public Word subtractModulo(Word a, Word b, long p) {
    // Comparing and subtracting run over the same borrows, which are built once.
    Bit negative = lessThan(a, b);
    Word difference = subtract(a, b);
    Word correction = gate(negative, Word.constant(p, a.width()));
    return add(difference, correction);
  }

  private static void requireSameWidth(Word a, Word b) {
    if (a.width() != b.width()) {
      throw new IllegalArgumentException(
          "expected words of one width, got " + a.width() + " and " + b.width());
    }
  }
}
