package org.secolab.protocol.adversary;

import java.math.BigInteger;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.SecretKey;

/** Reading ring elements as numbers, and guessed keys against true ones. */
final class TernaryKeys {
  private TernaryKeys() {}

  /** The coefficients as integers of least absolute value. */
  static BigInteger[] centred(RnsPolynomial polynomial) {
    BigInteger q = polynomial.ring().q();
    BigInteger[] values = new BigInteger[polynomial.ring().degree()];
    for (int i = 0; i < values.length; i++) {
      values[i] = centred(polynomial.coefficient(i), q);
    }
    return values;
  }

  /** The residue of least absolute value. */
  static BigInteger centred(BigInteger value, BigInteger q) {
    BigInteger residue = value.mod(q);
    return residue.compareTo(q.shiftRight(1)) > 0 ? residue.subtract(q) : residue;
  }

  /** The words of a rounded polynomial that stands at all N positions, as they go over the wire. */
  static long[] words(BfvParameters parameters, RoundedPolynomial polynomial) {
    WireWriter out = new WireWriter(16 * parameters.degree());
    polynomial.writeTo(out);
    byte[] bytes = out.toByteArray();
    // The values stand behind a header.
    int length = WireWriter.packedBytes(parameters.degree(), shareBits(parameters));
    try {
      return new WireReader(bytes, bytes.length - length, length)
          .packed(parameters.degree(), shareBits(parameters));
    } catch (MalformedMessageException e) {
      throw new AssertionError("what was just written can be read", e);
    }
  }

  /** b: a rounded coefficient is a multiple of q/2^b. */
  static int shareBits(BfvParameters parameters) {
    return parameters.plaintextModulus().bits() + RoundedPolynomial.GUARD_BITS;
  }

  /** Takes each value to the nearest of −1, 0, 1. */
  static long[] nearest(double[] values, int count) {
    long[] ternary = new long[count];
    for (int i = 0; i < count; i++) {
      ternary[i] = Math.clamp(Math.round(values[i]), -1, 1);
    }
    return ternary;
  }

  /** A key's own coefficients, −1, 0 or 1. */
  static long[] truth(SecretKey key) {
    RnsPolynomial coefficients = key.evaluated().copy().transformTo(Domain.COEFFICIENT);
    long[] ternary = new long[coefficients.ring().degree()];
    BigInteger[] centred = centred(coefficients);
    for (int i = 0; i < ternary.length; i++) {
      ternary[i] = centred[i].longValueExact();
    }
    return ternary;
  }

  /** How many coefficients of B's key were found; a guess is right once in three. */
  static Finding compare(long[] guessed, SecretKey key) {
    return Finding.compare(
        "coefficients of remote1's secret key recovered", guessed, truth(key), 1.0 / 3);
  }
}
