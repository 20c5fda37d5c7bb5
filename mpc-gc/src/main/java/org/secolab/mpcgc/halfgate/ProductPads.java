package org.secolab.mpcgc.halfgate;

import org.secolab.mpcgc.halfgate.TweakedHash.Domain;
import org.secolab.mpcgc.label.Delta;

/**
 * The one-bit pads h under which garblers multiply shared bits. From a correlated transfer with
 * sender j (K, Δ) and receiver i (a bit a, M = K + aΔ), h being the lowest bit of a hash value: j
 * sends d = h(K) + h(K + Δ) + b, j keeps h(K), i keeps h(M) + a·d, and the two sum to a·b.
 */
public final class ProductPads {
  private final TweakedHash hash;

  /** Pads over {@code hash}. */
  public ProductPads(TweakedHash hash) {
    this.hash = hash;
  }

  /**
   * The pads of one gate, with all other garblers.
   *
   * @param gate the gate's number in the circuit
   * @param first the number in the batch of the first instance
   * @param self this garbler
   * @param keys K of this garbler as sender, for every other one; [self] is not looked at
   * @param macs M of this garbler as receiver, for every other one
   * @param differences ⊕= h(K) + h(K + Δ), a plane for every other garbler, from {@code to} on
   * @param own ⊕= the sum of all h(K) and h(M), a plane from {@code to} on
   * @param to a word
   */
  public void add(
      int gate,
      int first,
      int count,
      int self,
      Delta delta,
      long[][] keys,
      long[][] macs,
      long[][] differences,
      long[] own,
      int to) {
    long[] out = hash.out;
    for (int from = 0; from < count; ) {
      int end = hash.segmentEnd(first + from, first + count) - first;
      int m = end - from;
      hash.key(Domain.PRODUCTS, gate, first + from);
      int at = 0;
      for (int p = 0; p < hash.garblers(); p++) {
        if (p != self) {
          int sending = p << 8 | self;
          int receiving = self << 8 | p;
          hash.absorb(keys[p], from, 0, 0, first + from, sending, at, m);
          hash.absorb(keys[p], from, delta.low(), delta.high(), first + from, sending, at + m, m);
          hash.absorb(macs[p], from, 0, 0, first + from, receiving, at + 2 * m, m);
          at += 3 * m;
        }
      }
      hash.hash(at);
      at = 0;
      for (int p = 0; p < hash.garblers(); p++) {
        if (p != self) {
          for (int i = 0; i < m; ) {
            int bit = from + i;
            int some = Math.min(64 - bit % 64, m - i);
            long sent = lowest(out, at + i, some);
            long flipped = lowest(out, at + m + i, some);
            long received = lowest(out, at + 2 * m + i, some);
            differences[p][to + bit / 64] ^= (sent ^ flipped) << bit;
            own[to + bit / 64] ^= (sent ^ received) << bit;
            i += some;
          }
          at += 3 * m;
        }
      }
      from = end;
    }
  }

  /** The lowest bits of {@code count} blocks, at most 64. */
  private static long lowest(long[] blocks, int from, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (blocks[2 * (from + i)] & 1) << i;
    }
    return bits;
  }
}
