package org.secolab.lattice.rlwe;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How much noise hides the noise that depends on secrets: each flooded coefficient gets a uniform
 * integer from [−2^stat·B_0, 2^stat·B_0], where B_0 bounds the noise before any flooding. The
 * distance from noise independent of the secrets is then at most 2^−stat per coefficient (Asharov
 * et al., Eurocrypt 2012, lemma 1).
 *
 * @param statisticalSecurityBits stat, from 1 on; below 40 only with insecure parameters
 * @param noiseBoundLog2 log2 B_0, not negative
 */
public record Flooding(int statisticalSecurityBits, double noiseBoundLog2) {
  /** What real runs may not go below. */
  public static final int LEAST_STATISTICAL_SECURITY_BITS = 40;

  public Flooding {
    if (statisticalSecurityBits < 1 || !(noiseBoundLog2 >= 0) || noiseBoundLog2 > 1000) {
      throw new IllegalArgumentException(
          "expected at least 1 bit of statistical security and a noise bound from 2^0 to 2^1000,"
              + " got "
              + statisticalSecurityBits
              + " and 2^"
              + noiseBoundLog2);
    }
  }

  /** ⌈2^stat·B_0⌉, up to the 52 bits to which B_0 is known. */
  public BigInteger bound() {
    int whole = (int) noiseBoundLog2;
    BigInteger scaled =
        BigDecimal.valueOf(Math.ceil(Math.scalb(Math.pow(2, noiseBoundLog2 - whole), 52)))
            .toBigIntegerExact();
    int shift = whole + statisticalSecurityBits - 52;
    return shift >= 0
        ? scaled.shiftLeft(shift)
        : scaled.add(BigInteger.ONE.shiftLeft(-shift)).subtract(BigInteger.ONE).shiftRight(-shift);
  }

  /** log2 of the total statistical distance when this many coefficients are flooded. */
  public double statisticalDistanceLog2(long floodedCoefficients) {
    return Math.log((double) floodedCoefficients) / Math.log(2) - statisticalSecurityBits;
  }
}
