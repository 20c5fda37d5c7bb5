package org.secolab.mpcgc.label;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiConsumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;

/** Vectors compute what the plain loops say. */
class BlockKernelsProperties {
  private static final int ROOM = 400;

  private static long[] random(RandomSource random) {
    long[] words = new long[ROOM];
    random.fill(words);
    return words;
  }

  private static void same(long seed, BiConsumer<BlockKernels, long[][]> kernel) {
    long[][] scalar = new long[6][];
    long[][] vector = new long[6][];
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    for (int i = 0; i < scalar.length; i++) {
      scalar[i] = random(random);
      vector[i] = scalar[i].clone();
    }
    kernel.accept(new ScalarBlocks(), scalar);
    kernel.accept(new VectorBlocks(), vector);
    for (int i = 0; i < scalar.length; i++) {
      assertArrayEquals(scalar[i], vector[i]);
    }
  }

  @Property(tries = 200)
  void vectors_equalScalars(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 60) int blocks,
      @ForAll @IntRange(min = 0, max = 30) int a,
      @ForAll @IntRange(min = 0, max = 30) int b,
      @ForAll @IntRange(min = 0, max = 30) int c,
      @ForAll @IntRange(min = 0, max = 30) int to,
      @ForAll boolean empty,
      @ForAll boolean alsoEmpty) {
    int words = 2 * blocks;
    long[] none = {};
    same(seed, (k, x) -> k.xor3(x[0], a, x[1], b, x[2], c, x[3], to, words));
    same(seed, (k, x) -> k.xor2Into(x[0], to, x[1], a, x[2], b, words));
    same(seed, (k, x) -> k.xorInto(x[0], to, x[1], a, words));
    same(seed, (k, x) -> k.xorWhere(x[0], a, 5, 7, x[1], to, blocks));
    same(seed, (k, x) -> k.xorWhere(x[0], 64 * a, seed, ~seed, x[1], to, blocks));
    same(seed, (k, x) -> k.absorb(empty ? none : x[0], a, seed, 3, b, 1L << 40, x[1], to, blocks));
    same(
        seed,
        (k, x) ->
            k.select(
                empty ? none : x[0],
                alsoEmpty ? none : x[1],
                x[2],
                a,
                b,
                empty ? -1 : c,
                alsoEmpty ? none : x[3],
                x[4],
                blocks));
    same(seed, (k, x) -> k.unchain(x[0], x[1], blocks));
  }

  /** Otherwise everything would run scalar and nobody would notice. */
  @Example
  void testsRunOnVectors() {
    assertEquals(new VectorBlocks(), Blocks.KERNELS);
  }
}
