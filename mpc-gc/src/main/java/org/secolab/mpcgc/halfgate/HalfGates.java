package org.secolab.mpcgc.halfgate;

import org.secolab.mpcgc.halfgate.TweakedHash.Domain;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Delta;

/**
 * Half-gates for n parties: two rows for one's own labels and three for everybody else's.
 *
 * <pre>
 * G0 = H(L_u; u, j) + H(L_u + Δ; u, j) + [λ_v]
 * G1 = H(L_v; v, j) + H(L_v + Δ; v, j) + [λ_u]   (+ L_u if i = j)
 * G2 = H(L_u; u, j) + H(L_v; v, j) + [σ + λ_w]   (if i = j this is L_w, and nothing is sent)
 * A_w = Σ_i H(A^i_u; u, j) + H(A^i_v; v, j)  +  Λ_u·T0  +  Λ_v·(T1 + A^j_u)  +  T2
 * </pre>
 *
 * For one garbler: Zahur, Rosulek, Evans (Eurocrypt 2015), 2 blocks. The split for several was
 * derived for this project and has a proof sketch only, see the module's README.
 */
public record HalfGates() implements GarblingScheme {
  @Override
  public int sums(int garblers) {
    return garblers == 1 ? 2 : 3;
  }

  @Override
  public int ownRows(int garblers) {
    return 2;
  }

  @Override
  public boolean choosesMask(int garblers) {
    return garblers == 1;
  }

  @Override
  public boolean derivesLabel() {
    return true;
  }

  @Override
  public int callsPerInstance(int garblers) {
    return 4 * garblers;
  }

  @Override
  public void garble(
      TweakedHash hash,
      GateRun run,
      GarblerOperands operands,
      long[] rows,
      int[] at,
      long[] labelW,
      long[] chosen) {
    threeRows(hash, run, operands, rows, at, labelW, 0, chosen);
  }

  /**
   * G0 and G1 for all owners and G2 for all others go to {@code rows}, the garbler's own G2 to
   * {@code ownG2} from block {@code ownAt} on.
   */
  static void threeRows(
      TweakedHash hash,
      GateRun run,
      GarblerOperands operands,
      long[] rows,
      int[] at,
      long[] ownG2,
      int ownAt,
      long[] chosen) {
    int g = hash.garblers();
    int count = run.count();
    int first = run.first();
    Delta delta = operands.delta;
    long[] out = hash.out;
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
      hash.key(Domain.ROWS, run.gate(), first + from);
      for (int j = 0; j < g; j++) {
        int u = 2 * j;
        int v = 2 * j + 1;
        long low = delta.low();
        long high = delta.high();
        hash.absorb(operands.labelU, from, 0, 0, first + from, u, j * m, m);
        hash.absorb(operands.labelU, from, low, high, first + from, u, (g + j) * m, m);
        hash.absorb(operands.labelV, from, 0, 0, first + from, v, (2 * g + j) * m, m);
        hash.absorb(operands.labelV, from, low, high, first + from, v, (3 * g + j) * m, m);
      }
      hash.hash(4 * g * m);
      for (int j = 0; j < g; j++) {
        int u0 = 2 * j * m;
        int u1 = 2 * (g + j) * m;
        int v0 = 2 * (2 * g + j) * m;
        int v1 = 2 * (3 * g + j) * m;
        int row = 2 * (at[j] + from);
        int s = 2 * from;
        Blocks.KERNELS.xor3(out, u0, out, u1, operands.shareV[j], s, rows, row, 2 * m);
        Blocks.KERNELS.xor3(out, v0, out, v1, operands.shareU[j], s, rows, row + 2 * count, 2 * m);
        if (j != operands.self) {
          Blocks.KERNELS.xor3(
              out, u0, out, v0, operands.shareC[j], s, rows, row + 4 * count, 2 * m);
        } else if (chosen.length == 0) {
          Blocks.KERNELS.xor3(
              out, u0, out, v0, operands.shareC[j], s, ownG2, 2 * (ownAt + from), 2 * m);
        } else {
          closeYao(delta, out, u0, v0, ownG2, from, chosen, m);
        }
      }
      from = to;
    }
    if (operands.labelU.length > 0) {
      Blocks.xorInto(rows, at[operands.self] + count, operands.labelU, 0, count);
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

  @Override
  public void evaluate(
      TweakedHash hash,
      GateRun run,
      EvaluatorOperands operands,
      long[] sums,
      int at,
      long[][] activeW) {
    evaluate(hash, run, operands, sums, at, activeW, sums(hash.garblers()));
  }

  static void evaluate(
      TweakedHash hash,
      GateRun run,
      EvaluatorOperands operands,
      long[] sums,
      int at,
      long[][] activeW,
      int kept) {
    int g = hash.garblers();
    int count = run.count();
    int first = run.first();
    long[] out = hash.out;
    for (int j = 0; j < g; j++) {
      combine(operands, j, count, sums, at + j * kept * count, kept, activeW[j]);
    }
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
      hash.key(Domain.ROWS, run.gate(), first + from);
      for (int i = 0; i < g; i++) {
        for (int j = 0; j < g; j++) {
          hash.absorb(operands.activeU[i], from, 0, 0, first + from, 2 * j, j * m, m);
          hash.absorb(operands.activeV[i], from, 0, 0, first + from, 2 * j + 1, (g + j) * m, m);
        }
        hash.hash(2 * g * m);
        for (int j = 0; j < g; j++) {
          long[] target = activeW[j];
          int u = 2 * j * m;
          int v = 2 * (g + j) * m;
          int t = 2 * from;
          Blocks.KERNELS.xor2Into(target, t, out, u, out, v, 2 * m);
        }
      }
      from = to;
    }
  }

  /** Λ_u·T0 + Λ_v·(T1 + A_u) + T2 for owner j. */
  private static void combine(
      EvaluatorOperands operands, int j, int count, long[] sums, int at, int kept, long[] target) {
    int third = kept == 2 ? -1 : 2 * (at + 2 * count);
    Blocks.KERNELS.select(
        operands.maskedU,
        operands.maskedV,
        sums,
        2 * at,
        2 * (at + count),
        third,
        operands.activeU[j],
        target,
        count);
  }
}
