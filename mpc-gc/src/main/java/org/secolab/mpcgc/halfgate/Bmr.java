package org.secolab.mpcgc.halfgate;

import java.util.Arrays;
import org.secolab.mpcgc.halfgate.TweakedHash.Domain;
import org.secolab.mpcgc.label.Delta;

/**
 * The textbook: one row for each pair (α, β) of masked values, without row reduction (Beaver,
 * Micali, Rogaway 1990; with free XOR: Ben-Efraim, Lindell, Omri 2016).
 *
 * <pre>
 * G_αβ = H(L_u + αΔ; u, αβ, j) + H(L_v + βΔ; v, αβ, j)
 *        + [σ + λ_w] + α·[λ_v] + β·[λ_u]   (+ αβ·Δ + L_w if i = j)
 * A_w = T_αβ + Σ_i H(A^i_u; u, αβ, j) + H(A^i_v; v, αβ, j)   with α = Λ_u, β = Λ_v
 * </pre>
 *
 * For comparison and teaching.
 */
public record Bmr() implements GarblingScheme {
  @Override
  public int sums(int garblers) {
    return 4;
  }

  @Override
  public int ownRows(int garblers) {
    return 4;
  }

  @Override
  public boolean choosesMask(int garblers) {
    return false;
  }

  @Override
  public boolean derivesLabel() {
    return false;
  }

  @Override
  public int callsPerInstance(int garblers) {
    return 8 * garblers;
  }

  /** Row 2α + β, side 0 for u and 1 for v. */
  private static int tweak(int row, int side, int owner) {
    return owner << 3 | row << 1 | side;
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
    int g = hash.garblers();
    int count = run.count();
    int first = run.first();
    Delta delta = operands.delta;
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
      hash.key(Domain.ROWS, run.gate(), first + from);
      for (int j = 0; j < g; j++) {
        for (int row = 0; row < 4; row++) {
          long alpha = -(row >> 1);
          long beta = -(row & 1);
          int block = (j * 8 + row * 2) * m;
          hash.absorb(
              operands.labelU,
              from,
              alpha & delta.low(),
              alpha & delta.high(),
              first + from,
              tweak(row, 0, j),
              block,
              m);
          hash.absorb(
              operands.labelV,
              from,
              beta & delta.low(),
              beta & delta.high(),
              first + from,
              tweak(row, 1, j),
              block + m,
              m);
        }
      }
      hash.hash(8 * g * m);
      for (int j = 0; j < g; j++) {
        for (int row = 0; row < 4; row++) {
          long alpha = -(row >> 1);
          long beta = -(row & 1);
          int h = 2 * (j * 8 + row * 2) * m;
          int target = 2 * (at[j] + row * count + from);
          int s = 2 * from;
          for (int x = 0; x < 2 * m; x++) {
            rows[target + x] =
                hash.out[h + x]
                    ^ hash.out[h + 2 * m + x]
                    ^ operands.shareC[j][s + x]
                    ^ (alpha & operands.shareV[j][s + x])
                    ^ (beta & operands.shareU[j][s + x]);
          }
          if (j == operands.self) {
            for (int i = 0; i < m; i++) {
              rows[target + 2 * i] ^= labelW[s + 2 * i] ^ (alpha & beta & delta.low());
              rows[target + 2 * i + 1] ^= labelW[s + 2 * i + 1] ^ (alpha & beta & delta.high());
            }
          }
        }
      }
      from = to;
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
    int g = hash.garblers();
    int count = run.count();
    int first = run.first();
    for (int j = 0; j < g; j++) {
      select(operands, count, sums, at + 4 * j * count, activeW[j]);
    }
    for (int from = 0; from < count; ) {
      int to = hash.segmentEnd(first + from, first + count) - first;
      int m = to - from;
      hash.key(Domain.ROWS, run.gate(), first + from);
      for (int i = 0; i < g; i++) {
        for (int j = 0; j < g; j++) {
          int block = 2 * j * m;
          hash.absorb(operands.activeU[i], from, 0, 0, first + from, tweak(0, 0, j), block, m);
          hash.absorb(operands.activeV[i], from, 0, 0, first + from, tweak(0, 1, j), block + m, m);
          for (int n = 0; n < m; n++) {
            long row =
                (EvaluatorOperands.mask(operands.maskedU, from + n) & 4)
                    | (EvaluatorOperands.mask(operands.maskedV, from + n) & 2);
            hash.in[2 * (block + n) + 1] ^= row << 32;
            hash.in[2 * (block + m + n) + 1] ^= row << 32;
          }
        }
        hash.hash(2 * g * m);
        for (int j = 0; j < g; j++) {
          int h = 4 * j * m;
          for (int x = 0; x < 2 * m; x++) {
            activeW[j][2 * from + x] ^= hash.out[h + x] ^ hash.out[h + 2 * m + x];
          }
        }
      }
      from = to;
    }
  }

  private static void select(
      EvaluatorOperands operands, int count, long[] sums, int at, long[] target) {
    Arrays.fill(target, 0, 2 * count, 0);
    for (int i = 0; i < count; i++) {
      long u = EvaluatorOperands.mask(operands.maskedU, i);
      long v = EvaluatorOperands.mask(operands.maskedV, i);
      for (int row = 0; row < 4; row++) {
        long here = ~(u ^ -(row >> 1)) & ~(v ^ -(row & 1));
        target[2 * i] ^= here & sums[2 * (at + row * count + i)];
        target[2 * i + 1] ^= here & sums[2 * (at + row * count + i) + 1];
      }
    }
  }
}
