package org.secolab.mpcgc.ot;

import org.secolab.mpcgc.label.Planes;

/** From 128 columns of bits to rows of 128 bits. */
final class Columns {
  private Columns() {}

  /**
   * Transposes the first {@code words} words of every column.
   *
   * @param rows where row i goes: words 2({@code first} + i) and the next
   */
  static void toRows(long[][] columns, int words, long[] rows, int first) {
    long[] square = new long[64];
    for (int word = 0; word < words; word++) {
      for (int half = 0; half < 2; half++) {
        for (int c = 0; c < 64; c++) {
          square[c] = columns[64 * half + c][word];
        }
        Planes.transpose(square);
        int at = 2 * (first + 64 * word) + half;
        for (int r = 0; r < 64; r++) {
          rows[at + 2 * r] = square[r];
        }
      }
    }
  }
}
