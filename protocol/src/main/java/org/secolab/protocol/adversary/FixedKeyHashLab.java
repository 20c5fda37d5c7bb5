package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.random.RandomSource;
import org.secolab.mpcgc.halfgate.FixedKeyPermutation;
import org.secolab.mpcgc.halfgate.GarblerOperands;
import org.secolab.mpcgc.halfgate.GateRun;
import org.secolab.mpcgc.halfgate.HalfGates;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.label.Delta;

/** One table of hash values opens every garbling under one key. */
final class FixedKeyHashLab implements AttackLab {
  private static final int INFERENCES = 64;
  private static final int SECRET_BITS = 12;
  private static final int CANDIDATES = 1 << SECRET_BITS;

  /** A layer of 16,384 rectifiers at 32 bits: 85 gates with rows each. */
  private static final double CALLS_OF_A_LAYER = 16384.0 * 85 * new HalfGates().callsPerInstance(2);

  private record Block(long low, long high) {}

  /** A hash under a seed and a batch's name of its own. */
  private static TweakedHash freshHash(RandomSource random) {
    return new TweakedHash(
        random.bytes(32), random.bytes(28), 1, new HalfGates(), FixedKeyPermutation.Path.ECB);
  }

  @Override
  public String name() {
    return "fixed-key-hash";
  }

  @Override
  public String title() {
    return "one key for all garblings lets one table of hashes open them all";
  }

  @Override
  public String attackers() {
    return "an evaluator of many inferences: the Δ of each";
  }

  @Override
  public String weakened() {
    return "one public key of the hash for all of "
        + INFERENCES
        + " inferences; toy: all but "
        + SECRET_BITS
        + " bits of each Δ are told, so that a table of all is affordable";
  }

  @Override
  public String standard() {
    return "the same table, made for one inference, against hashes keyed as TweakedHash does: a seed"
        + " drawn after Δ, and the batch's name";
  }

  @Override
  public String gist() {
    return """
        H(x; τ) = π_k(σ(x) + τ) + σ(x) + τ. If k is fixed, whoever computes H for T guesses has
        compared them with all C calls ever made under k: the chance to hit one is T·C/2^128, a loss
        of log2 C bits (Guo, Katz, Wang, Weng, Yu 2020), and the table can be made in advance.
        The default draws the seed of k after Δ is fixed and changes k at the latest every 2^12 calls.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    List<TweakedHash> hashes = Collections.nCopies(INFERENCES, freshHash(random));
    return attack(hashes, random).with("bits lost in the toy run", log2(INFERENCES));
  }

  @Override
  public Finding onStandard(RandomSource random) {
    List<TweakedHash> hashes = new ArrayList<>();
    for (int i = 0; i < INFERENCES; i++) {
      hashes.add(freshHash(random));
    }
    return attack(hashes, random);
  }

  /** Makes a table with the first hash, and looks every inference's row up in it. */
  private static Finding attack(List<TweakedHash> hashes, RandomSource random) {
    long known = random.nextLong();
    long knownHigh = random.nextLong();
    Map<Block, Integer> table = new HashMap<>();
    for (int guess = 0; guess < CANDIDATES; guess++) {
      for (int bit = 0; bit < 2; bit++) {
        table.put(row(hashes.getFirst(), candidate(known, knownHigh, guess), bit), guess);
      }
    }
    long right = 0;
    for (TweakedHash hash : hashes) {
      int secret = random.nextInt(CANDIDATES);
      Block row = row(hash, candidate(known, knownHigh, secret), (int) (random.nextLong() & 1));
      right += table.getOrDefault(row, -1) == secret ? 1 : 0;
    }
    return new Finding("differences Δ found with one table", right, hashes.size(), 1.0 / CANDIDATES)
        .with("hashes computed for the table", 2.0 * CANDIDATES)
        .with(
            "bits of 128 left by a fixed key over one layer of 16,384 ReLUs",
            128 - log2(CALLS_OF_A_LAYER))
        .with(
            "bits of 128 left by a fixed key over 10,000 such layers",
            128 - log2(10000 * CALLS_OF_A_LAYER))
        .with(
            "bits of 128 left by the default's key change", 128 - log2(TweakedHash.CALLS_PER_KEY));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** Δ with {@code secret} in place of 12 of its bits. */
  private static Delta candidate(long low, long high, int secret) {
    long mask = (long) (CANDIDATES - 1) << 1;
    return Delta.stored((low & ~mask) | ((long) secret << 1) | 1, high);
  }

  /** G0 of a gate whose operands the garbler knows in setup: H(0) + H(Δ) + λ·Δ. */
  private static Block row(TweakedHash hash, Delta delta, int bit) {
    long[] none = {};
    long[][] zero = {new long[2]};
    long[][] share = {{-(long) bit & delta.low(), -(long) bit & delta.high()}};
    long[] rows = new long[4];
    new HalfGates()
        .garble(
            hash,
            new GateRun(0, 0, 1),
            new GarblerOperands(0, delta, none, none, zero, share, zero),
            rows,
            new int[1],
            new long[2],
            new long[1]);
    return new Block(rows[0], rows[1]);
  }
}
