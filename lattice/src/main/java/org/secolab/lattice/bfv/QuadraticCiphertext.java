package org.secolab.lattice.bfv;

import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.RlweParameters;

/**
 * (c_0, c_1, c_2) with phase c_0 + c_1·s + c_2·s²: a product of two ciphertexts before
 * relinearisation. A type of its own, so that the compiler asks for the key. Immutable by contract;
 * all in {@link Domain#EVALUATION}.
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

  /** Appends the three polynomials. */
  public void writeTo(WireWriter out) {
    c0.writeTo(out);
    c1.writeTo(out);
    c2.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static QuadraticCiphertext read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    RnsPolynomial c0 = RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION);
    RnsPolynomial c1 = RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION);
    return new QuadraticCiphertext(
        c0, c1, RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION));
  }

  @Override
  public String toString() {
    return "QuadraticCiphertext over " + c0.ring();
  }
}
