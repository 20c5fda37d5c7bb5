package org.secolab.lattice.bfv;

import org.secolab.lattice.ring.RnsPolynomial;

/**
 * (c_0, c_1, c_2) with phase c_0 + c_1·s + c_2·s²: a product of two ciphertexts before
 * relinearisation. A type of its own, so that the compiler asks for the key. Immutable by contract;
 * all in {@link org.secolab.lattice.ring.Domain#EVALUATION}.
 */
public final class QuadraticCiphertext {
  private final RnsPolynomial c0;
  private final RnsPolynomial c1;
  private final RnsPolynomial c2;

  QuadraticCiphertext(RnsPolynomial c0, RnsPolynomial c1, RnsPolynomial c2) {
    this.c0 = c0;
    this.c1 = c1;
    this.c2 = c2;
  }

  /** c_0. */
  public RnsPolynomial c0() {
    return c0;
  }

  /** c_1. */
  public RnsPolynomial c1() {
    return c1;
  }

  /** c_2. */
  public RnsPolynomial c2() {
    return c2;
  }

  /** The sum: products can be added before they are relinearised together. */
  public QuadraticCiphertext plus(QuadraticCiphertext other) {
    return new QuadraticCiphertext(c0.plus(other.c0), c1.plus(other.c1), c2.plus(other.c2));
  }

  @Override
  public String toString() {
    return "QuadraticCiphertext over " + c0.ring();
  }
}
