package org.secolab.lattice.bfv;

import java.math.BigInteger;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;

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
  private final long[] inverseTShoup;

  /** For messages modulo t in {@code ring}; t must be below and prime to every prime of q. */
  public CoefficientEncoder(Ring ring, PlaintextModulus t) {
    this.ring = ring;
    this.t = t;
    qModT = ring.q().mod(BigInteger.valueOf(t.value())).longValueExact();
    inverseT = new long[ring.size()];
    inverseTShoup = new long[ring.size()];
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      inverseT[i] = modulus.inverse(modulus.reduce(t.value()));
      inverseTShoup[i] = modulus.shoup(inverseT[i]);
    }
  }

  /**
   * round(q·m/t) for each coefficient, in {@link Domain#COEFFICIENT}.
   *
   * @param coefficients N residues in [0, t)
   */
  public RnsPolynomial message(long[] coefficients) {
    t.expectResidues(coefficients, ring.degree());
    long half = t.value() / 2;
    RnsPolynomial result = RnsPolynomial.zero(ring, Domain.COEFFICIENT);
    for (int j = 0; j < coefficients.length; j++) {
      long r = t.add(t.multiply(qModT, coefficients[j]), half);
      for (int i = 0; i < ring.size(); i++) {
        Modulus modulus = ring.modulus(i);
        long numerator = modulus.reduceSigned(half - r);
        result.row(i)[j] = modulus.multiplyShoup(numerator, inverseT[i], inverseTShoup[i]);
      }
    }
    return result;
  }

  /**
   * A plaintext factor in {@link Domain#EVALUATION}.
   *
   * @param coefficients N residues in [0, t), lifted to [−t/2, t/2)
   */
  public RnsPolynomial factor(long[] coefficients) {
    t.expectResidues(coefficients, ring.degree());
    long[] centred = new long[coefficients.length];
    for (int j = 0; j < centred.length; j++) {
      centred[j] = t.centred(coefficients[j]);
    }
    return RnsPolynomial.ofSigned(ring, centred).transformTo(Domain.EVALUATION);
  }
}
