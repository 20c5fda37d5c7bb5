package org.secolab.mpcgc.ot;

import org.secolab.mpcgc.label.Planes;

/** From 128 columns of bits to rows of 128 bits. */
final class Columns {
  /** How many words of a column are written out before the next column's turn. */
  private static final int STRIP = 8;

  private Columns() {}

  /**
   * Transposes the first {@code words} words of every column, which are used up, and deals the rows
   * out: {@code each} to every place, but those that fill its last word of bits up are dropped.
   *
   * @param places where rows go, two words each
   * @param at the row of every place to begin at
   * @param first the number of the first word among all words of all places
   */
  static void toRows(long[][] columns, int words, long[][] places, int at, int each, int first) {
    transposeSquares(columns, 0, words);
    transposeSquares(columns, 64, words);
    int wordsEach = Planes.words(each);
    for (int word = 0; word < words; ) {
      int place = (first + word) / wordsEach;
      int within = (first + word) % wordsEach;
      int to = Math.min(words, word + Math.min(STRIP, wordsEach - within));
      write(columns, word, to, places[place], at + 64 * within, at + each);
      word = to;
    }
  }

  /** Words {@code from} to {@code to} go to rows {@code at} and so on, as far as {@code end}. */
  private static void write(long[][] columns, int from, int to, long[] rows, int at, int end) {
    for (int r = 0; r < 64; r++) {
      long[] low = columns[r];
      long[] high = columns[64 + r];
      int row = at + r;
      for (int word = from; word < to && row < end; word++) {
        rows[2 * row] = low[word];
        rows[2 * row + 1] = high[word];
        row += 64;
      }
    }
  }

  /**
   * Transposes, for every word, the square of 64 by 64 bits that columns {@code from} to {@code
   * from} + 63 have there: halves, quarters, … change places, as in {@link Planes#transpose}, but
   * with all words side by side in the inner loop, which the compiler turns into vectors: a tenth
   * of the time.
   */
  private static void transposeSquares(long[][] columns, int from, int words) {
    long mask = 0x00000000ffffffffL;
    for (int width = 32; width != 0; width >>>= 1) {
      for (int i = 0; i < 64; i = (i + width + 1) & ~width) {
        exchange(columns[from + i], columns[from + i + width], width, mask, words);
      }
      mask ^= mask << (width >>> 1);
    }
  }

  private static void exchange(long[] a, long[] b, int width, long mask, int words) {
    for (int word = 0; word < words; word++) {
      long swap = (a[word] >>> width ^ b[word]) & mask;
      a[word] ^= swap << width;
      b[word] ^= swap;
    }
  }
}
