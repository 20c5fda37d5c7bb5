package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A number modulo 2^width inside a {@link CircuitBuilder}. Whether it is read as unsigned or in
 * two's complement is the operation's business.
 *
 * @param bits least significant first
 */
public record Word(List<Bit> bits) {
  public Word {
    bits = List.copyOf(bits);
  }

  /** The constant {@code value} modulo 2^{@code width}. */
  public static Word constant(long value, int width) {
    List<Bit> bits = new ArrayList<>();
    for (int b = 0; b < width; b++) {
      bits.add((b < 64 && (value >>> b & 1) == 1) ? Bit.ONE : Bit.ZERO);
    }
    return new Word(bits);
  }

  /** The number of bits. */
  public int width() {
    return bits.size();
  }

  /** Bit {@code position}, 0 the least significant. */
  public Bit bit(int position) {
    return bits.get(position);
  }

  /** The most significant bit: the sign in two's complement. */
  public Bit sign() {
    return bits.getLast();
  }

  /** Bits {@code from} (inclusive) to {@code to} (exclusive). */
  public Word slice(int from, int to) {
    return new Word(bits.subList(from, to));
  }

  /** All bits flipped. */
  public Word not() {
    return new Word(bits.stream().map(Bit::not).toList());
  }

  /** Cut or filled up with zeros to {@code width} bits. */
  public Word zeroExtend(int width) {
    return extend(width, Bit.ZERO);
  }

  /** Cut or filled up with copies of the sign to {@code width} bits. */
  public Word signExtend(int width) {
    return extend(width, sign());
  }

  /** Divided by 2^{@code distance}, rounded towards minus infinity: wires dropped. */
  public Word shiftRightArithmetic(int distance) {
    if (distance < 0 || distance >= width()) {
      throw new IllegalArgumentException(
          "expected a shift from 0 to " + (width() - 1) + ", got " + distance);
    }
    return slice(distance, width()).signExtend(width());
  }

  /** Times 2^{@code distance}, modulo 2^width. */
  public Word shiftLeft(int distance) {
    List<Bit> shifted = new ArrayList<>(Collections.nCopies(Math.min(distance, width()), Bit.ZERO));
    shifted.addAll(bits.subList(0, width() - shifted.size()));
    return new Word(shifted);
  }

  private Word extend(int width, Bit filling) {
    List<Bit> extended = new ArrayList<>(bits.subList(0, Math.min(width, width())));
    while (extended.size() < width) {
      extended.add(filling);
    }
    return new Word(extended);
  }
}
