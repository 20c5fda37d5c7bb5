package org.secolab.mpcgc.halfgate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.label.Delta;

class HalfGatesTest {
  private static final long[] NONE = {};

  private static TweakedHash hash(int garblers, FixedKeyPermutation.Path path) {
    return new TweakedHash(new byte[32], new byte[28], garblers, new HalfGates(), path);
  }

  /** G0 of one instance whose operands are known in setup, by a single garbler. */
  private static long[] row(TweakedHash hash, int gate, int instance, long bitV, Delta delta) {
    long[] share = {-bitV & delta.low(), -bitV & delta.high()};
    long[] rows = new long[4];
    long[][] none = {new long[2]};
    GarblerOperands operands =
        new GarblerOperands(0, delta, NONE, NONE, none, new long[][] {share}, none);
    new HalfGates()
        .garble(
            hash,
            new GateRun(gate, instance, 1),
            operands,
            rows,
            new int[1],
            new long[2],
            new long[1]);
    return rows;
  }

  /** How often the XOR of the first rows of two instances is Δ, when their mask bits differ. */
  private static int deltasFound(boolean ownNumbers, boolean ownGates) {
    RandomSource random = SeededRandom.ofInsecureNumber(5);
    TweakedHash hash = hash(1, FixedKeyPermutation.Path.ECB);
    int found = 0;
    for (int trial = 0; trial < 50; trial++) {
      Delta delta = new Delta(random);
      long[] first = row(hash, 3, 8, 0, delta);
      long[] second = row(hash, ownGates ? 4 : 3, ownNumbers ? 9 : 8, 1, delta);
      boolean low = (first[0] ^ second[0]) == delta.low();
      found += low && (first[1] ^ second[1]) == delta.high() ? 1 : 0;
    }
    return found;
  }

  @Test
  void instancesUnderOneNumber_giveDeltaAway() {
    assertEquals(50, deltasFound(false, false), "the attack that the tweak must prevent works");
  }

  @Test
  void instanceInTheTweak_keepsDelta() {
    assertEquals(0, deltasFound(true, false));
  }

  @Test
  void gateInTheKey_keepsDelta() {
    assertEquals(0, deltasFound(false, true));
  }

  @ParameterizedTest
  @EnumSource(FixedKeyPermutation.Path.class)
  void permutation_isTheSameOnEveryPath(FixedKeyPermutation.Path path) {
    FixedKeyPermutation reference = new FixedKeyPermutation(FixedKeyPermutation.Path.ECB, 100);
    FixedKeyPermutation permutation = new FixedKeyPermutation(path, 100);
    RandomSource random = SeededRandom.ofInsecureNumber(1);
    for (int blocks : new int[] {1, 2, 7, 100, 33}) {
      byte[] key = random.bytes(16);
      reference.key(key);
      permutation.key(key);
      for (int call = 0; call < 3; call++) {
        long[] in = new long[200];
        random.fill(in);
        long[] expected = new long[200];
        long[] actual = new long[200];
        reference.apply(in, expected, blocks);
        permutation.apply(in, actual, blocks);
        assertArrayEquals(expected, actual);
      }
    }
  }

  @Test
  void keysPerGate_serveAtMostTheAllowedCalls() {
    for (GarblingScheme scheme : List.of(new HalfGates(), new ConservativeRows(), new Bmr())) {
      for (int garblers = 1; garblers <= 16; garblers++) {
        int each = scheme.callsPerInstance(garblers);
        int calls = each * TweakedHash.instancesPerKey(each);
        assertTrue(calls <= TweakedHash.CALLS_PER_KEY, scheme + ", garblers: " + garblers);
      }
    }
  }

  @Test
  void closedHash_hasForgottenLabelsAndPads() {
    TweakedHash hash = hash(1, FixedKeyPermutation.Path.CBC);
    long[] labels = {1, 2, 3, 4};
    hash.key(TweakedHash.Domain.ROWS, 0, 0);
    hash.absorb(labels, 0, 0, 0, 0, 0, 0, 2);
    hash.hash(2);
    assertTrue(hash.in[0] != 0 && hash.out[0] != 0);
    hash.close();
    assertEquals(0, Arrays.stream(hash.in).filter(word -> word != 0).count());
    assertEquals(0, Arrays.stream(hash.out).filter(word -> word != 0).count());
  }
}
