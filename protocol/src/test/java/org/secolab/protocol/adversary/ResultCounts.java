package org.secolab.protocol.adversary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how often each combination of results occurs over all values of a program's last digits.
 *
 * <p>Exact, but not by trying every assignment: two assignments of the first of these digits that
 * agree in all that is still read behind them continue alike, so they are one state, with the sum
 * of their counts. Where a view depends on the masks r^1, …, r^m through their sum only, the sum's
 * t values are states, instead of t^m assignments. {@code ResultCountsTest} compares the counts
 * with those of an odometer.
 */
final class ResultCounts {
  private final int ring;
  private final Program program;
  private final int from;

  /** Digits up to here, exclusive, belong to stage i. */
  private final List<Integer> ends = new ArrayList<>();

  /** What is still read behind stage i; behind the last one, the results. */
  private final List<int[]> states = new ArrayList<>();

  /**
   * @param from the first digit to count over, {@code to} behind the last one, the program's end
   * @param firstResult the first result, {@code endOfResults} behind the last one. Results before
   *     the first depend on no digit counted over.
   */
  ResultCounts(int ring, Program program, int from, int to, int firstResult, int endOfResults) {
    this.ring = ring;
    this.program = program;
    this.from = from;
    // A stage ends where there are fewer states than assignments led to them.
    int digitsAndState = 0;
    for (int end = from + 1; end < to; end++) {
      digitsAndState++;
      int[] live = program.liveSlots(from, end);
      if (live.length < digitsAndState) {
        ends.add(end);
        states.add(live);
        digitsAndState = live.length;
      }
    }
    ends.add(to);
    states.add(program.resultSlots(firstResult, endOfResults));
    BigInteger.valueOf(ring).pow(to - from).intValueExact();
  }

  /**
   * Counts for the present values of the digits before. Leaves the digits counted over at zero.
   *
   * @return for every number that the results can be read as, how often they are
   */
  int[] count() {
    int[] counts = {1};
    int[] state = {};
    int begin = from;
    for (int stage = 0; stage < ends.size(); stage++) {
      counts = countBehind(stage, begin, state, counts);
      begin = ends.get(stage);
      state = states.get(stage);
    }
    program.restore(new int[0], 0, from, begin);
    return counts;
  }

  private int[] countBehind(int stage, int begin, int[] state, int[] counts) {
    int end = ends.get(stage);
    int[] next = states.get(stage);
    int[] behind = new int[BigInteger.valueOf(ring).pow(next.length).intValueExact()];
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        program.restore(state, number, begin, end);
        do {
          behind[program.slotsAsNumber(next)] += counts[number];
        } while (program.turn(begin, end, end));
      }
    }
    return behind;
  }
}
