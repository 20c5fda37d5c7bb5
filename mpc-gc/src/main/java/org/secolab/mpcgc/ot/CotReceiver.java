package org.secolab.mpcgc.ot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;

/**
 * The receiver of correlated transfers: for choice b it gets M = K + b·Δ. SoftSpokenOT (Roy 2022,
 * figure 7, without the consistency check: semi-honest).
 */
public final class CotReceiver implements Secret {
  private final int k;
  private final LeafStreams streams;
  private final long[] treeCorrections;

  /**
   * A receiver from base transfers whose sender it was.
   *
   * @param k bits of the field, 1, 2, 4 or 8: 128/k bits are sent per transfer
   * @param name the same at both ends
   * @param seeds closed here
   */
  public CotReceiver(int k, TransferName name, SeedPairs seeds) {
    LeafStreams.requireFieldBits(k);
    this.k = k;
    treeCorrections = new long[SeedTrees.correctionWords(k)];
    streams = new LeafStreams(k, SeedTrees.all(k, seeds, name.digest(), treeCorrections));
    seeds.close();
  }

  /** What the sender needs to build its trees; to be sent once, before the first transfer. */
  public long[] treeCorrections() {
    return treeCorrections;
  }

  /** Words of the message for {@code count} transfers. */
  public static int messageWords(int k, int count) {
    return SeedPairs.COUNT / k * (count / 64);
  }

  /**
   * The next {@code count} transfers.
   *
   * @param choices one bit each
   * @param count a multiple of 64
   * @param strings where M goes, two words each
   * @return the message to the sender
   */
  public long[] extend(long[] choices, int count, long[] strings) {
    long[] message = new long[messageWords(k, count)];
    extend(choices, new long[][] {strings}, 0, count, message);
    return message;
  }

  /**
   * The next transfers, {@code each} for every place; if that is not a multiple of 64, those that
   * fill up the last word of choices are made and dropped.
   *
   * @param choices a plane for every place, one behind the other
   * @param places where M goes, two words each
   * @param at the string of every place to begin at
   * @param message where the message to the sender goes: {@link #messageWords} of the transfers
   *     that the choices have room for
   */
  public void extend(long[] choices, long[][] places, int at, int each, long[] message) {
    int trees = SeedPairs.COUNT / k;
    int words = places.length * Planes.words(each);
    int next = 0;
    for (int from = 0; from < words; from += LeafStreams.BLOCK_WORDS) {
      int n = Math.min(LeafStreams.BLOCK_WORDS, words - from);
      streams.next(n);
      for (int tree = 0; tree < trees; tree++) {
        long[] total = streams.totals[tree];
        for (int i = 0; i < n; i++) {
          message[next + i] = total[i] ^ choices[from + i];
        }
        next += n;
      }
      Columns.toRows(streams.columns, n, places, at, each, from);
    }
  }

  /**
   * The base transfers of a fresh extension in the opposite direction: 128 transfers whose choices
   * are the bits of {@code delta}.
   *
   * @param name of the base transfers, in which the owner of {@code delta} chooses
   */
  public ChosenSeeds renew(Delta delta, long[] message, TransferName name) {
    long[] choices = {delta.low(), delta.high()};
    long[] strings = new long[2 * SeedPairs.COUNT];
    long[] correction = extend(choices, SeedPairs.COUNT, strings);
    System.arraycopy(correction, 0, message, 0, correction.length);
    hashStrings(strings, name);
    Arrays.fill(choices, 0);
    return new ChosenSeeds(delta, strings);
  }

  /** Breaks the correlation: string t becomes half of SHA-256(name, t, string). */
  static void hashStrings(long[] strings, TransferName name) {
    byte[] salt = name.digest();
    MessageDigest sha = KeyGroup.sha256();
    ByteBuffer input = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int t = 0; t < strings.length / 2; t++) {
      input.clear().putInt(0x524f54).putInt(t).putLong(strings[2 * t]).putLong(strings[2 * t + 1]);
      sha.update(salt);
      ByteBuffer digest = ByteBuffer.wrap(sha.digest(input.array())).order(ByteOrder.LITTLE_ENDIAN);
      strings[2 * t] = digest.getLong();
      strings[2 * t + 1] = digest.getLong();
    }
  }

  @Override
  public void close() {
    streams.close();
  }

  @Override
  public String toString() {
    return "CotReceiver";
  }
}
