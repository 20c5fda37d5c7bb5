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
   * @param differences ⊕= h(K) + h(K + Δ), a plane for every other garbler
   * @param own ⊕= the sum of all h(K) and h(M), a plane
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
      long[] own) {
    long[] out = hash.out;
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
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
          long[] difference = differences[p];
          for (int i = 0; i < m; i++) {
            int bit = from + i;
            long key = out[2 * (at + i)] & 1;
            long flipped = out[2 * (at + m + i)] & 1;
            long mac = out[2 * (at + 2 * m + i)] & 1;
            difference[bit >>> 6] ^= (key ^ flipped) << bit;
            own[bit >>> 6] ^= (key ^ mac) << bit;
          }
          at += 3 * m;
        }
      }
      from = to;
    }
  }
}
