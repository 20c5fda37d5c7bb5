package org.secolab.mpcgc.preprocess;

import java.util.Arrays;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;

/**
 * One garbler's shares of many authenticated bits, each for many instances. A place holds one bit
 * per instance.
 */
public final class SharedBits implements Secret {
  private final int self;
  private final int garblers;
  private final Delta delta;
  private final int capacity;
  private final long[][] bits;
  // By garbler and slot, and by garbler and place.
  private final long[][][] pools;
  private final long[][][] macs;
  private final long[][][] keys;

  /**
   * Zeros at all places.
   *
   * @param self this garbler
   * @param garblers g
   * @param delta this garbler's difference; stays the caller's
   * @param slots for every place where its strings are: places with the same slot share M and K,
   *     but not the bits
   * @param capacity the most instances
   */
  public SharedBits(int self, int garblers, Delta delta, int[] slots, int capacity) {
    this.self = self;
    this.garblers = garblers;
    this.delta = delta;
    this.capacity = capacity;
    bits = new long[slots.length][Planes.words(capacity)];
    int count = Arrays.stream(slots).max().orElse(-1) + 1;
    pools = new long[garblers][][];
    macs = new long[garblers][][];
    keys = new long[garblers][][];
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        pools[p] = new long[2 * count][2 * capacity];
        macs[p] = new long[slots.length][];
        keys[p] = new long[slots.length][];
        for (int place = 0; place < slots.length; place++) {
          macs[p][place] = pools[p][2 * slots[place]];
          keys[p][place] = pools[p][2 * slots[place] + 1];
        }
      }
    }
  }

  /** The plane of this garbler's bits at {@code place}, not a copy. */
  public long[] bits(int place) {
    return bits[place];
  }

  /** M towards {@code peer}: this garbler's share of b·Δ^peer; not a copy. */
  public long[] mac(int peer, int place) {
    return macs[peer][place];
  }

  /** K towards {@code peer}; not a copy. */
  public long[] key(int peer, int place) {
    return keys[peer][place];
  }

  /** M towards {@code peer} at each of {@code places}; not copies. */
  public long[][] macs(int peer, int[] places) {
    return select(macs[peer], places);
  }

  /** K towards {@code peer} at each of {@code places}; not copies. */
  public long[][] keys(int peer, int[] places) {
    return select(keys[peer], places);
  }

  private static long[][] select(long[][] arrays, int[] places) {
    long[][] selected = new long[places.length][];
    for (int n = 0; n < places.length; n++) {
      selected[n] = arrays[places[n]];
    }
    return selected;
  }

  /** Makes the bit at {@code place} the public 0. */
  public void setZero(int place) {
    Arrays.fill(bits[place], 0);
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        Arrays.fill(macs[p][place], 0);
        Arrays.fill(keys[p][place], 0);
      }
    }
  }

  /** target = a ⊕ b. */
  public void xor(int a, int b, int target) {
    Planes.xor(bits[a], bits[b], bits[target]);
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        Blocks.xor(macs[p][a], macs[p][b], macs[p][target], capacity);
        Blocks.xor(keys[p][a], keys[p][b], keys[p][target], capacity);
      }
    }
  }

  /** target = ¬a: garbler 0 flips its bit, all others account for it in their K towards it. */
  public void not(int a, int target) {
    System.arraycopy(bits[a], 0, bits[target], 0, bits[a].length);
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        System.arraycopy(macs[p][a], 0, macs[p][target], 0, 2 * capacity);
        System.arraycopy(keys[p][a], 0, keys[p][target], 0, 2 * capacity);
      }
    }
    if (self == 0) {
      for (int i = 0; i < bits[target].length; i++) {
        bits[target][i] = ~bits[target][i];
      }
    } else {
      Blocks.xorConstant(keys[0][target], delta.low(), delta.high(), capacity);
    }
  }

  /** {@code result} = this garbler's share of b·Δ of its own, for the first {@code count}. */
  public void ownShare(int place, long[] result, int count) {
    Arrays.fill(result, 0, 2 * count, 0);
    addOwnShare(place, result, count);
  }

  /** {@code result} ⊕= this garbler's share of b·Δ of its own, for the first {@code count}. */
  public void addOwnShare(int place, long[] result, int count) {
    Blocks.xorWhere(bits[place], 0, delta.low(), delta.high(), result, 0, count);
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        Blocks.xorInto(result, keys[p][place], count);
      }
    }
  }

  @Override
  public void close() {
    for (long[] plane : bits) {
      Arrays.fill(plane, 0);
    }
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        for (long[] strings : pools[p]) {
          Arrays.fill(strings, 0);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "SharedBits";
  }
}
