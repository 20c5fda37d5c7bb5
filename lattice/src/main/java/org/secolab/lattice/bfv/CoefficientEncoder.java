package org.secolab.lattice.bfv;

import java.math.BigInteger;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/**
 * Message coefficients as ring elements: m ↦ round(q·m/t) for messages, and the representative of
 * least absolute value for plaintext factors.
 *
 * <p>round(q·m/t) = (q·m + ⌊t/2⌋ − r)/t with r = (q·m + ⌊t/2⌋) mod t. The product q·m vanishes
 * modulo every prime p of q, so the residue is (⌊t/2⌋ − r)·t^−1 mod p: exact, and without a big
 * integer.
 */
public final class CoefficientEncoder {
  private final Ring ring;
  private final PlaintextModulus t;
  private final long qModT;
  private final long[] inverseT; // t^−1 modulo each prime

  /** For messages modulo t in {@code ring}; t must be below and prime to every prime of q. */
  public CoefficientEncoder(Ring ring, PlaintextModulus t) {
    this.ring = ring;
    this.t = t;
    qModT = ring.q().mod(BigInteger.valueOf(t.value())).longValueExact();
    inverseT = new long[ring.size()];
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      inverseT[i] = modulus.inverse(modulus.reduce(t.value()));
    }
  }

  /**
   * round(q·m/t) for each coefficient, in {@link Domain#COEFFICIENT}.
   *
   * @param coefficients N residues in [0, t)
   */
  public RnsPolynomial message(long[] coefficients) {
    RnsPolynomial result = RnsPolynomial.zero(ring, Domain.COEFFICIENT);
    encode(coefficients, result);
    return result;
  }

  /**
   * Adds round(q·m/t), whatever domain {@code target} is in, and returns it.
   *
   * @param coefficients N residues in [0, t)
   */
  public RnsPolynomial addMessage(RnsPolynomial target, long[] coefficients) {
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial message = scratch.polynomial(ring, Domain.COEFFICIENT);
      encode(coefficients, message);
      return target.addInPlace(message.transformTo(target.domain()));
    }
  }

  /** Subtracts round(q·m/t) in the same way. */
  public RnsPolynomial subtractMessage(RnsPolynomial target, long[] coefficients) {
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial message = scratch.polynomial(ring, Domain.COEFFICIENT);
      encode(coefficients, message);
      return target.subtractInPlace(message.transformTo(target.domain()));
    }
  }

  /** Overwrites {@code target} with round(q·m/t). */
  private void encode(long[] coefficients, RnsPolynomial target) {
    t.expectResidues(coefficients, ring.degree());
    long half = t.value() / 2;
    try (Scratch scratch = Scratch.open()) {
      long[] numerators = scratch.row(ring.degree()); // ⌊t/2⌋ − r
      for (int j = 0; j < coefficients.length; j++) {
        numerators[j] = half - t.add(t.multiply(qModT, coefficients[j]), half);
      }
      target.setSigned(numerators).scaleInPlace(inverseT);
    }
  }

  /**
   * A plaintext factor in {@link Domain#EVALUATION}.
   *
   * @param coefficients N residues in [0, t), lifted to [−t/2, t/2)
   */
  public RnsPolynomial factor(long[] coefficients) {
    t.expectResidues(coefficients, ring.degree());
    try (Scratch scratch = Scratch.open()) {
      long[] centred = scratch.row(coefficients.length);
      for (int j = 0; j < centred.length; j++) {
        centred[j] = t.centred(coefficients[j]);
      }
      return RnsPolynomial.ofSigned(ring, centred).transformTo(Domain.EVALUATION);
    }
  }
}
