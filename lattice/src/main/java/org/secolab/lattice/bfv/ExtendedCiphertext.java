package org.secolab.lattice.bfv;

import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;

/**
 * A ciphertext that {@link BfvMultiplier#extend} has made ready to be a factor: known modulo q and
 * modulo the additional primes in which products are exact. Half of a product's work, done once for
 * all products that the factor enters. Immutable by contract; all in {@link Domain#EVALUATION}.
 */
public final class ExtendedCiphertext {
  private final RnsPolynomial c0;
  private final RnsPolynomial c1;
  private final RnsPolynomial extendedC0;
  private final RnsPolynomial extendedC1;

  ExtendedCiphertext(
      RnsPolynomial c0, RnsPolynomial c1, RnsPolynomial extendedC0, RnsPolynomial extendedC1) {
    this.c0 = c0;
    this.c1 = c1;
    this.extendedC0 = extendedC0;
    this.extendedC1 = extendedC1;
  }

  RnsPolynomial c0() {
    return c0;
  }

  RnsPolynomial c1() {
    return c1;
  }

  RnsPolynomial extendedC0() {
    return extendedC0;
  }

  RnsPolynomial extendedC1() {
    return extendedC1;
  }

  @Override
  public String toString() {
    return "ExtendedCiphertext over " + c0.ring();
  }
}
