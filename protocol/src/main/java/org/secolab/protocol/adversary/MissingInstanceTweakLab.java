package org.secolab.protocol.adversary;

import java.util.HashMap;
import java.util.Map;
import org.secolab.foundation.random.RandomSource;
import org.secolab.mpcgc.halfgate.FixedKeyPermutation;
import org.secolab.mpcgc.halfgate.GarblerOperands;
import org.secolab.mpcgc.halfgate.GateRun;
import org.secolab.mpcgc.halfgate.HalfGates;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.label.Delta;

/** A wire known in setup has labels 0 and Δ in every instance: its pads must not repeat. */
final class MissingInstanceTweakLab implements AttackLab {
  private static final int GARBLINGS = 32;
  private static final int INSTANCES = 32;

  private record Block(long low, long high) {}

  @Override
  public String name() {
    return "missing-instance-tweak";
  }

  @Override
  public String title() {
    return "two instances of a wire known in setup give Δ, if the hash does not name the instance";
  }

  @Override
  public String attackers() {
    return "the evaluator: the garbler's Δ, from the rows alone";
  }

  @Override
  public String weakened() {
    return "every instance of a gate is hashed under number 0; "
        + GARBLINGS
        + " garblings of "
        + INSTANCES
        + " instances";
  }

  @Override
  public String standard() {
    return "the library's HalfGates on the same gates, instances numbered as they are";
  }

  @Override
  public String gist() {
    return """
        A wire whose value a garbler knows in setup has zero-label 0 and one-label Δ in all
        instances. Its row is G0 = H(0) + H(Δ) + λ·Δ. If gate, side and owner are all that the hash
        is told, H(0) + H(Δ) is the same pad everywhere, and the rows of two instances whose bits λ
        differ add up to Δ. (Correctness tests pass.) The instance is part of the tweak.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    return attack(random, false);
  }

  @Override
  public Finding onStandard(RandomSource random) {
    return attack(random, true);
  }

  private static Finding attack(RandomSource random, boolean numbered) {
    long right = 0;
    long repeats = 0;
    for (int garbling = 0; garbling < GARBLINGS; garbling++) {
      Delta delta = new Delta(random);
      Block[] rows = rows(delta, numbered, random);
      Map<Block, Integer> sums = new HashMap<>();
      for (int a = 0; a < INSTANCES; a++) {
        for (int b = 0; b < a; b++) {
          Block sum = new Block(rows[a].low ^ rows[b].low, rows[a].high ^ rows[b].high);
          if (sum.low != 0 || sum.high != 0) {
            sums.merge(sum, 1, Integer::sum);
          }
        }
      }
      Map.Entry<Block, Integer> most =
          sums.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .orElseGet(() -> Map.entry(new Block(0, 0), 0));
      repeats = Math.max(repeats, most.getValue());
      right += most.getKey().equals(new Block(delta.low(), delta.high())) ? 1 : 0;
    }
    return new Finding("differences Δ recovered", right, GARBLINGS, Math.scalb(1.0, -127))
        .with("how often the most frequent sum of two rows occurs", (double) repeats)
        .with("sums of two rows looked at in each garbling", INSTANCES * (INSTANCES - 1) / 2);
  }

  /** G0 of every instance of one gate, whose operands the only garbler knows in setup. */
  private static Block[] rows(Delta delta, boolean numbered, RandomSource random) {
    TweakedHash hash =
        new TweakedHash(
            random.bytes(32), random.bytes(28), 1, new HalfGates(), FixedKeyPermutation.Path.ECB);
    Block[] rows = new Block[INSTANCES];
    if (numbered) {
      long[] all = garble(hash, new GateRun(3, 0, INSTANCES), delta, random);
      for (int i = 0; i < INSTANCES; i++) {
        rows[i] = new Block(all[2 * i], all[2 * i + 1]);
      }
    } else {
      for (int i = 0; i < INSTANCES; i++) {
        long[] one = garble(hash, new GateRun(3, 0, 1), delta, random);
        rows[i] = new Block(one[0], one[1]);
      }
    }
    return rows;
  }

  /** All rows of a gate with random mask bits λ_v; those of G0 come first. */
  private static long[] garble(TweakedHash hash, GateRun run, Delta delta, RandomSource random) {
    int count = run.count();
    long[] share = new long[2 * count];
    for (int i = 0; i < count; i++) {
      long bit = -(random.nextLong() & 1);
      share[2 * i] = bit & delta.low();
      share[2 * i + 1] = bit & delta.high();
    }
    long[] none = {};
    long[][] zero = {new long[2 * count]};
    long[] rows = new long[4 * count];
    new HalfGates()
        .garble(
            hash,
            run,
            new GarblerOperands(0, delta, none, none, zero, new long[][] {share}, zero),
            rows,
            new int[1],
            new long[2 * count],
            new long[(count + 63) / 64]);
    return rows;
  }
}
