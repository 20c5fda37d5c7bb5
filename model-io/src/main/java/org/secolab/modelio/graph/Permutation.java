package org.secolab.modelio.graph;

/** The same values in another order: output i is input {@code source(i)}. */
public final class Permutation implements Layer.Linear {
  private final String name;
  private final Shape outputShape;
  private final int[] source;

  /**
   * @param source a permutation of 0..size−1; kept, not copied
   * @throws IllegalArgumentException if it is not a permutation of the right size
   */
  public Permutation(String name, Shape outputShape, int[] source) {
    if (source.length != outputShape.size()) {
      throw new IllegalArgumentException(
          "expected " + outputShape.size() + " indices, got " + source.length);
    }
    boolean[] seen = new boolean[source.length];
    for (int index : source) {
      if (index < 0 || index >= seen.length || seen[index]) {
        throw new IllegalArgumentException("expected a permutation, got index " + index + " badly");
      }
      seen[index] = true;
    }
    this.name = name;
    this.outputShape = outputShape;
    this.source = source;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape() {
    return outputShape;
  }

  /** The input index of output {@code i}. */
  public int source(int i) {
    return source[i];
  }

  public boolean isIdentity() {
    for (int i = 0; i < source.length; i++) {
      if (source[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** The same order read as another shape. */
  public Permutation withOutputShape(Shape shape) {
    return new Permutation(name, shape, source);
  }

  /** {@code first}, then this one, as one permutation. */
  public Permutation after(Permutation first) {
    int[] composed = new int[source.length];
    for (int i = 0; i < composed.length; i++) {
      composed[i] = first.source[source[i]];
    }
    return new Permutation(name, outputShape, composed);
  }
}
