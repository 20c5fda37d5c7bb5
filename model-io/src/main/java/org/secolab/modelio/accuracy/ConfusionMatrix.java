package org.secolab.modelio.accuracy;

/** How often inputs of each class were taken for each class. */
public final class ConfusionMatrix {
  private final int[][] counts;

  /**
   * Counts the pairs.
   *
   * @param classes how many classes there are
   * @param labels what each input is, 0 to classes − 1
   * @param predictions what each input was taken for, alike
   */
  public ConfusionMatrix(int classes, int[] labels, int[] predictions) {
    if (labels.length != predictions.length) {
      throw new IllegalArgumentException(
          "expected " + labels.length + " predictions, got " + predictions.length);
    }
    this.counts = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][predictions[i]]++;
    }
  }

  public int classes() {
    return counts.length;
  }

  /** How many inputs of class {@code label} were taken for {@code prediction}. */
  public int count(int label, int prediction) {
    return counts[label][prediction];
  }
}
