package org.secolab.foundation.random;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * A source that tells a witness the seed of each of its forks, and else does what the source behind
 * it does: for runs whose views are recorded, since a party's view includes its randomness. Over a
 * {@link SeededRandom} the forks are that source's own; over a {@link SystemRandom} each is a fresh
 * seed. Only the first forks are told: everything below follows from their seeds.
 */
public final class WitnessedRandom implements RandomSource {
  private final RandomSource inner;
  private final BiConsumer<String, byte[]> witness;

  /**
   * Forks of {@code inner} for a witness.
   *
   * @param witness told label and seed of each fork before the fork is used; the array is its own
   */
  public WitnessedRandom(RandomSource inner, BiConsumer<String, byte[]> witness) {
    this.inner = inner;
    this.witness = witness;
  }

  @Override
  public void fill(byte[] destination, int offset, int length) {
    inner.fill(destination, offset, length);
  }

  @Override
  public RandomSource fork(String label) {
    byte[] seed =
        inner instanceof SeededRandom seeded
            ? seeded.forkSeed(label)
            : inner.fork(label).bytes(SeededRandom.SEED_BYTES);
    witness.accept(label, seed.clone());
    SeededRandom fork = new SeededRandom(seed);
    Arrays.fill(seed, (byte) 0);
    return fork;
  }

  @Override
  public String toString() {
    return "WitnessedRandom";
  }
}
