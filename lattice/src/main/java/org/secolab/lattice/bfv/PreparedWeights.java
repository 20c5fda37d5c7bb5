package org.secolab.lattice.bfv;

import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;

/** A plaintext factor in {@link Domain#EVALUATION}, for many products. Immutable by contract. */
public final class PreparedWeights {
  private final RnsPolynomial evaluated;

  PreparedWeights(RnsPolynomial evaluated) {
    evaluated.expect(Domain.EVALUATION);
    this.evaluated = evaluated;
  }

  /** The factor; not a copy. */
  public RnsPolynomial evaluated() {
    return evaluated;
  }

  @Override
  public String toString() {
    return "PreparedWeights";
  }
}
