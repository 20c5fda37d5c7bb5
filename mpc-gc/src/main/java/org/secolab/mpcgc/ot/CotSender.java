package org.secolab.mpcgc.ot;

import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;

/** The sender of correlated transfers under one Δ: it gets K; see {@link CotReceiver}. */
public final class CotSender implements Secret {
  private final int k;
  private final Delta delta;
  private final LeafStreams streams;

  /**
   * A sender from base transfers whose receiver it was, with the bits of Δ as choices.
   *
   * @param name the same at both ends
   * @param seeds closed here
   * @param treeCorrections {@link CotReceiver#treeCorrections} of the other side
   */
  public CotSender(int k, TransferName name, ChosenSeeds seeds, long[] treeCorrections) {
    LeafStreams.requireFieldBits(k);
    if (treeCorrections.length != SeedTrees.correctionWords(k)) {
      throw new IllegalArgumentException(
          "expected "
              + SeedTrees.correctionWords(k)
              + " words of tree corrections, got "
              + treeCorrections.length);
    }
    this.k = k;
    streams = new LeafStreams(k, SeedTrees.allButOne(k, seeds, name.digest(), treeCorrections));
    delta = seeds.choices().copy();
    seeds.close();
  }

  /** The words of {@link CotReceiver#treeCorrections}. */
  public static int treeCorrectionWords(int k) {
    return SeedTrees.correctionWords(k);
  }

  /**
   * The next {@code count} transfers.
   *
   * @param count a multiple of 64
   * @param message the receiver's message
   * @param strings where K goes, two words each
   */
  public void extend(int count, long[] message, long[] strings) {
    extend(message, new long[][] {strings}, 0, count);
  }

  /**
   * The next transfers, {@code each} for every place, as in {@link CotReceiver#extend(long[],
   * long[][], int, int, long[])}.
   *
   * @param message the receiver's message
   * @param places where K goes, two words each
   * @param at the string of every place to begin at
   */
  public void extend(long[] message, long[][] places, int at, int each) {
    int trees = SeedPairs.COUNT / k;
    int words = places.length * Planes.words(each);
    int next = 0;
    for (int from = 0; from < words; from += LeafStreams.BLOCK_WORDS) {
      int n = Math.min(LeafStreams.BLOCK_WORDS, words - from);
      streams.next(n);
      for (int tree = 0; tree < trees; tree++) {
        long[] total = streams.totals[tree];
        for (int i = 0; i < n; i++) {
          total[i] ^= message[next + i];
        }
        next += n;
        for (int bit = 0; bit < k; bit++) {
          long mask = -ChosenSeeds.bit(delta, tree * k + bit);
          long[] column = streams.columns[tree * k + bit];
          for (int i = 0; i < n; i++) {
            column[i] ^= mask & total[i];
          }
        }
      }
      Columns.toRows(streams.columns, n, places, at, each, from);
    }
  }

  /** The other side of {@link CotReceiver#renew}: both strings of each of 128 transfers. */
  public SeedPairs renew(long[] message, TransferName name) {
    long[] zero = new long[2 * SeedPairs.COUNT];
    extend(SeedPairs.COUNT, message, zero);
    long[] one = zero.clone();
    for (int t = 0; t < SeedPairs.COUNT; t++) {
      one[2 * t] ^= delta.low();
      one[2 * t + 1] ^= delta.high();
    }
    CotReceiver.hashStrings(zero, name);
    CotReceiver.hashStrings(one, name);
    return new SeedPairs(zero, one);
  }

  @Override
  public void close() {
    delta.close();
    streams.close();
  }

  @Override
  public String toString() {
    return "CotSender";
  }
}
