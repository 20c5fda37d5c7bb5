package org.secolab.lattice.ring;

/**
 * a(X) ↦ a(X^g) for odd g, on elements in {@link Domain#EVALUATION}: the value at ψ^e becomes that
 * at ψ^(e·g), which only permutes values.
 */
public final class Automorphism {
  private final int degree;
  private final int exponent;
  private final int[] sources;

  /**
   * The automorphism of the ring of degree N that takes X to X^exponent.
   *
   * @param exponent g, odd, from 1 to 2N − 1
   */
  public Automorphism(int degree, int exponent) {
    if (exponent < 1 || exponent >= 2 * degree || exponent % 2 == 0) {
      throw new IllegalArgumentException(
          "expected an odd exponent from 1 to " + (2 * degree - 1) + ", got " + exponent);
    }
    this.degree = degree;
    this.exponent = exponent;
    sources = new int[degree];
    for (int i = 0; i < degree; i++) {
      long image = (long) exponentAt(i, degree) * exponent % (2L * degree);
      sources[i] = indexOf((int) image, degree);
    }
  }

  /** g. */
  public int exponent() {
    return exponent;
  }

  /** The exponent e of the ψ^e at which value {@code index} is taken: 2·brv(index) + 1. */
  public static int exponentAt(int index, int degree) {
    return 2 * reverse(index, degree) + 1;
  }

  /** Where the value at ψ^exponent stands; the inverse of {@link #exponentAt}. */
  public static int indexOf(int exponent, int degree) {
    return reverse((exponent - 1) / 2, degree);
  }

  private static int reverse(int index, int degree) {
    return Integer.reverse(index) >>> (32 - Integer.numberOfTrailingZeros(degree));
  }

  /** The image of {@code x}, a new element. */
  public RnsPolynomial apply(RnsPolynomial x) {
    return apply(x, RnsPolynomial.zero(x.ring(), Domain.EVALUATION));
  }

  /**
   * The image of {@code x}, written to an element that the caller owns, and returned.
   *
   * @param image of the same ring, overwritten; another element than {@code x}
   */
  public RnsPolynomial apply(RnsPolynomial x, RnsPolynomial image) {
    x.expect(Domain.EVALUATION);
    image.become(x.ring(), Domain.EVALUATION);
    for (int i = 0; i < x.ring().size(); i++) {
      permute(x.row(i), image.row(i));
    }
    return image;
  }

  private void permute(long[] row, long[] target) {
    for (int j = 0; j < degree; j++) {
      target[j] = row[sources[j]];
    }
  }
}
