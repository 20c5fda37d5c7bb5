package org.secolab.lattice.rlwe;

import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;

/**
 * (c_0, c_1) with phase c_0 + c_1·s. Immutable by contract: nobody changes the polynomials of a
 * ciphertext. The two may be in different domains; a fresh one has both in {@link
 * Domain#EVALUATION}.
 */
public final class Ciphertext {
  private final RnsPolynomial c0;
  private final RnsPolynomial c1;

  /** The pair of two elements of the same ring; takes ownership of both. */
  public Ciphertext(RnsPolynomial c0, RnsPolynomial c1) {
    if (!c0.ring().equals(c1.ring())) {
      throw new IllegalArgumentException(
          "expected two elements of " + c0.ring() + ", got one of " + c1.ring());
    }
    this.c0 = c0;
    this.c1 = c1;
  }

  /** c_0. */
  public RnsPolynomial c0() {
    return c0;
  }

  /** c_1. */
  public RnsPolynomial c1() {
    return c1;
  }

  /** The ring of both. */
  public Ring ring() {
    return c0.ring();
  }

  /** This ciphertext with both polynomials in {@link Domain#EVALUATION}; may be this object. */
  public Ciphertext evaluated() {
    return c0.domain() == Domain.EVALUATION && c1.domain() == Domain.EVALUATION
        ? this
        : new Ciphertext(
            c0.copy().transformTo(Domain.EVALUATION), c1.copy().transformTo(Domain.EVALUATION));
  }

  /** Appends both polynomials in {@link Domain#EVALUATION}. */
  public void writeTo(WireWriter out) {
    Ciphertext evaluated = evaluated();
    evaluated.c0.writeTo(out);
    evaluated.c1.writeTo(out);
  }

  /** The number of bytes that {@link #writeTo} appends. */
  public static int wireBytes(RlweParameters parameters) {
    return 2 * RnsPolynomial.wireBytes(parameters.ring());
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static Ciphertext read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    RnsPolynomial c0 = RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION);
    return new Ciphertext(c0, RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION));
  }

  @Override
  public String toString() {
    return "Ciphertext over " + ring();
  }
}
