package org.secolab.lattice.ring;

/** How the N residues of a row are to be read. */
public enum Domain {
  /** Coefficients, the constant term first. */
  COEFFICIENT(0),
  /** Values at the odd powers of ψ, in bit-reversed order. */
  EVALUATION(1);

  private final int code;

  Domain(int code) {
    this.code = code;
  }

  /** How serialised polynomials name it. */
  int code() {
    return code;
  }
}
