package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.List;

/** Sums and signs of residues in a circuit, entered as {@link Ring} says. */
final class RingWords {
  private final Words words;
  private final Ring ring;

  RingWords(Words words, Ring ring) {
    this.words = words;
    this.ring = ring;
  }

  /**
   * What {@link #plus} adds: the garblers' entries together. (k − 1)(ℓ − 1) gates for k entries
   * modulo 2^ℓ, (k − 1)(2ℓ − 1) modulo p.
   */
  Word together(List<Word> entries) {
    return switch (ring) {
      case Ring.PowerOfTwo _ -> words.sum(entries);
      case Ring.Prime(long p) -> {
        Word negated = entries.getFirst();
        for (Word entry : entries.subList(1, entries.size())) {
          negated = words.subtractModulo(negated, entry, p);
        }
        yield negated;
      }
    };
  }

  /** {@code residue} plus what {@code together} stands for: ℓ − 1 modulo 2^ℓ, 2ℓ − 1 modulo p. */
  Word plus(Word residue, Word together) {
    return switch (ring) {
      case Ring.PowerOfTwo _ -> words.add(residue, together);
      case Ring.Prime(long p) -> words.subtractModulo(residue, together, p);
    };
  }

  /** A value in two's complement, up to a constant that does not change the order: free. */
  Word ordered(Word value) {
    return switch (ring) {
      case Ring.PowerOfTwo _ -> value;
      case Ring.Prime _ -> {
        // Less 2^(ℓ−1), that is: from 0 … p − 1 to two's complement.
        List<Bit> bits = new ArrayList<>(value.bits());
        bits.set(bits.size() - 1, value.sign().not());
        yield new Word(bits);
      }
    };
  }

  /**
   * The signed number that {@code ordered} stands for, in two's complement: free modulo 2^ℓ; modulo
   * p, ℓ − 1 less the zeros at the end of (p−1)/2, 4 for the paper's prime.
   */
  Word signed(Word ordered) {
    return switch (ring) {
      case Ring.PowerOfTwo _ -> ordered;
      case Ring.Prime prime -> {
        long constant = (1L << (prime.bits() - 1)) - prime.half();
        yield words.add(ordered, Word.constant(constant, prime.bits()));
      }
    };
  }

  /** The residue of a signed number: free modulo 2^ℓ, and for a number whose sign is constant. */
  Word residue(Word signed) {
    return switch (ring) {
      case Ring.PowerOfTwo _ -> signed;
      case Ring.Prime(long p) ->
          words.add(signed, words.gate(signed.sign(), Word.constant(p, signed.width())));
    };
  }
}
