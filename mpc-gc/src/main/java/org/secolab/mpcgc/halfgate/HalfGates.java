package org.secolab.mpcgc.halfgate;

import org.secolab.mpcgc.halfgate.TweakedHash.Domain;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Delta;

/**
 * Rows of one AND gate w = u ∧ v for consecutive instances, made and used.
 *
 * <p>Labels and shares are blocks, one per instance; an empty array means: all zero, as on wires
 * known in setup. No branch and no index depends on a value.
 */
public final class HalfGates {
  private final TweakedHash hash;
  private final int garblers;

  /** Half-gates over {@code hash}, for its number of garblers. */
  public HalfGates(TweakedHash hash) {
    this.hash = hash;
    this.garblers = hash.garblers();
  }

  /** How many rows a garbler sends per gate and instance: 3g − 1 blocks. */
  public static int rowsSent(int garblers) {
    return 3 * garblers - 1;
  }

  /** How many sums the evaluator keeps per gate and instance: 3g, and 2 for one garbler. */
  public static int sumsKept(int garblers) {
    return garblers == 1 ? 2 : 3 * garblers;
  }

  /**
   * Makes garbler {@code self}'s rows.
   *
   * @param gate the gate's number in the circuit
   * @param first the number in the batch of the first instance
   * @param shareU for every owner j the shares of λ_u·Δ^j
   * @param shareV the same for λ_v
   * @param shareC the same for σ + λ_w; for one garbler that bit is chosen here such that the label
   *     ends in 0, and the share is ignored
   * @param rows where the rows go: the block of row r and instance i is {@code at + r · count + i};
   *     rows are G0 for every owner, G1 for every owner, G2 for every owner but {@code self}
   * @param labelW where L_w goes
   * @param chosen for one garbler: where the plane of σ + λ_w goes
   */
  public void garble(
      int gate,
      int first,
      int count,
      int self,
      Delta delta,
      long[] labelU,
      long[] labelV,
      long[][] shareU,
      long[][] shareV,
      long[][] shareC,
      long[] rows,
      int at,
      long[] labelW,
      long[] chosen) {
    int g = garblers;
    long[] out = hash.out;
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
      hash.key(Domain.ROWS, gate, first + from);
      for (int j = 0; j < g; j++) {
        int u = 2 * j;
        int v = 2 * j + 1;
        hash.absorb(labelU, from, 0, 0, first + from, u, j * m, m);
        hash.absorb(labelU, from, delta.low(), delta.high(), first + from, u, (g + j) * m, m);
        hash.absorb(labelV, from, 0, 0, first + from, v, (2 * g + j) * m, m);
        hash.absorb(labelV, from, delta.low(), delta.high(), first + from, v, (3 * g + j) * m, m);
      }
      hash.hash(4 * g * m);
      int row = at + 2 * g * count + from;
      for (int j = 0; j < g; j++) {
        int u0 = 2 * j * m;
        int u1 = 2 * (g + j) * m;
        int v0 = 2 * (2 * g + j) * m;
        int v1 = 2 * (3 * g + j) * m;
        xor3(out, u0, u1, shareV[j], 2 * from, rows, 2 * (at + j * count + from), 2 * m);
        xor3(out, v0, v1, shareU[j], 2 * from, rows, 2 * (at + (g + j) * count + from), 2 * m);
        if (j != self) {
          xor3(out, u0, v0, shareC[j], 2 * from, rows, 2 * row, 2 * m);
          row += count;
        } else if (g > 1) {
          xor3(out, u0, v0, shareC[j], 2 * from, labelW, 2 * from, 2 * m);
        } else {
          closeYao(delta, out, u0, v0, labelW, from, chosen, m);
        }
      }
      from = to;
    }
    if (labelU.length > 0) {
      Blocks.xorInto(rows, at + (g + self) * count, labelU, 0, count);
    }
  }

  /** One garbler: L_w = H_u + H_v + cΔ with c such that the label's lowest bit is 0. */
  private static void closeYao(
      Delta delta, long[] out, int u0, int v0, long[] labelW, int from, long[] chosen, int m) {
    for (int i = 0; i < m; i++) {
      long low = out[u0 + 2 * i] ^ out[v0 + 2 * i];
      long high = out[u0 + 2 * i + 1] ^ out[v0 + 2 * i + 1];
      long bit = low & 1;
      labelW[2 * (from + i)] = low ^ (-bit & delta.low());
      labelW[2 * (from + i) + 1] = high ^ (-bit & delta.high());
      int index = from + i;
      chosen[index >>> 6] = (chosen[index >>> 6] & ~(1L << index)) | (bit << index);
    }
  }

  private static void xor3(
      long[] hashes, int a, int b, long[] share, int s, long[] target, int t, int words) {
    for (int i = 0; i < words; i++) {
      target[t + i] = hashes[a + i] ^ hashes[b + i] ^ share[s + i];
    }
  }

  /**
   * Computes the evaluator's labels and masked values of w.
   *
   * @param first the number in the batch of the first instance
   * @param activeU for every owner the active labels of u
   * @param maskedU the plane of Λ_u
   * @param sums T0, T1 and (for more than one garbler) T2, each for every owner: block {@code at +
   *     r · count + i}
   * @param lowest the plane of the lowest bits of L^0_w; empty for one garbler, where they are 0
   * @param activeW where the labels go, for every owner
   * @param maskedW where the plane of Λ_w goes
   */
  public void evaluate(
      int gate,
      int first,
      int count,
      long[][] activeU,
      long[][] activeV,
      long[] maskedU,
      long[] maskedV,
      long[] sums,
      int at,
      long[] lowest,
      int lowestAt,
      long[][] activeW,
      long[] maskedW) {
    int g = garblers;
    long[] out = hash.out;
    for (int j = 0; j < g; j++) {
      combine(j, count, activeU[j], maskedU, maskedV, sums, at, activeW[j]);
    }
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
      hash.key(Domain.ROWS, gate, first + from);
      for (int i = 0; i < g; i++) {
        for (int j = 0; j < g; j++) {
          hash.absorb(activeU[i], from, 0, 0, first + from, 2 * j, j * m, m);
          hash.absorb(activeV[i], from, 0, 0, first + from, 2 * j + 1, (g + j) * m, m);
        }
        hash.hash(2 * g * m);
        for (int j = 0; j < g; j++) {
          long[] target = activeW[j];
          int u = 2 * j * m;
          int v = 2 * (g + j) * m;
          for (int x = 0; x < 2 * m; x++) {
            target[2 * from + x] ^= out[u + x] ^ out[v + x];
          }
        }
      }
      from = to;
    }
    long[] pointing = activeW[0];
    for (int word = 0; 64 * word < count; word++) {
      long plane = lowest.length == 0 ? 0 : lowest[lowestAt + word];
      int bits = Math.min(64, count - 64 * word);
      for (int i = 0; i < bits; i++) {
        plane ^= (pointing[2 * (64 * word + i)] & 1) << i;
      }
      maskedW[word] = plane;
    }
  }

  /** Λ_u·T0 + Λ_v·(T1 + A_u) + T2 for owner j. */
  private void combine(
      int j,
      int count,
      long[] activeU,
      long[] maskedU,
      long[] maskedV,
      long[] sums,
      int at,
      long[] target) {
    int g = garblers;
    int t0 = 2 * (at + j * count);
    int t1 = 2 * (at + (g + j) * count);
    int t2 = 2 * (at + (2 * g + j) * count);
    for (int i = 0; i < count; i++) {
      long u = maskedU.length == 0 ? 0 : -(maskedU[i >>> 6] >>> i & 1);
      long v = maskedV.length == 0 ? 0 : -(maskedV[i >>> 6] >>> i & 1);
      for (int half = 2 * i; half < 2 * i + 2; half++) {
        long own = activeU.length == 0 ? 0 : activeU[half];
        long third = g == 1 ? 0 : sums[t2 + half];
        target[half] = (u & sums[t0 + half]) ^ (v & (sums[t1 + half] ^ own)) ^ third;
      }
    }
  }
}
