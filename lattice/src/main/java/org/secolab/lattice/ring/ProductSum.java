package org.secolab.lattice.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * Σ a_i · b_i in {@link Domain#EVALUATION}, reduced once at the end. The factors are only
 * remembered until {@link #sum}: nobody may change them in between.
 */
public final class ProductSum {
  private final Ring ring;
  private final List<RnsPolynomial> left = new ArrayList<>();
  private final List<RnsPolynomial> right = new ArrayList<>();

  /** An empty sum. */
  public ProductSum(Ring ring) {
    this.ring = ring;
  }

  /** Adds a · b, both in {@link Domain#EVALUATION}, and returns this. */
  public ProductSum add(RnsPolynomial a, RnsPolynomial b) {
    a.expect(Domain.EVALUATION);
    b.expect(Domain.EVALUATION);
    if (!a.ring().equals(ring) || !b.ring().equals(ring)) {
      throw new IllegalArgumentException("expected elements of " + ring + ", got another ring");
    }
    left.add(a);
    right.add(b);
    return this;
  }

  /** The sum, in {@link Domain#EVALUATION}. */
  public RnsPolynomial sum() {
    return sum(RnsPolynomial.zero(ring, Domain.EVALUATION));
  }

  /**
   * The same into an element of the ring that the caller owns, and returns it.
   *
   * @param result overwritten; may be one of the factors
   */
  public RnsPolynomial sum(RnsPolynomial result) {
    result.become(ring, Domain.EVALUATION);
    for (int i = 0; i < ring.size(); i++) {
      ring.field(i).arithmetic().sum(rows(left, i), rows(right, i), result.row(i));
    }
    return result;
  }

  private static long[][] rows(List<RnsPolynomial> polynomials, int index) {
    long[][] rows = new long[polynomials.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = polynomials.get(i).row(index);
    }
    return rows;
  }
}
