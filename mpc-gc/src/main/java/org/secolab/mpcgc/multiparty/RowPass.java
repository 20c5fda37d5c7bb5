package org.secolab.mpcgc.multiparty;

/**
 * What the evaluator keeps of one pass until it evaluates: three arrays, owned by whoever has it.
 */
public final class RowPass {
  private final long[] sums;
  private final long[] lowest;
  private final long[] outputMasks;

  RowPass(long[] sums, long[] lowest, long[] outputMasks) {
    this.sums = sums;
    this.lowest = lowest;
    this.outputMasks = outputMasks;
  }

  /** The sums of the rows. */
  long[] sums() {
    return sums;
  }

  /** The planes of lowest bits; may be empty. */
  long[] lowest() {
    return lowest;
  }

  /** The planes of output masks. */
  long[] outputMasks() {
    return outputMasks;
  }

  long words() {
    return (long) sums.length + lowest.length + outputMasks.length;
  }

  void clear() {
    for (long[] part : parts()) {
      java.util.Arrays.fill(part, 0);
    }
  }

  long[][] parts() {
    return new long[][] {sums, lowest, outputMasks};
  }
}
