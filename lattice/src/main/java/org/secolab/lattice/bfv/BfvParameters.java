package org.secolab.lattice.bfv;

import java.util.Locale;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.RlweParameters;

/**
 * Parameters that were checked once, with what everybody derives from them. Immutable and shared.
 */
public final class BfvParameters {
  /** t is at most 2 to this power. */
  public static final int MAX_PLAINTEXT_BITS = 48;

  private final BfvParametersSpec spec;
  private final RlweParameters rlwe;
  private final PlaintextModulus t;
  private final CoefficientEncoder encoder;
  private final ScaledRounding rounding;
  private final PlaintextModulus shareModulus;
  private final ScaledRounding shareRounding;

  private BfvParameters(BfvParametersSpec spec) {
    this.spec = spec;
    rlwe =
        spec.name().startsWith(BfvParametersSpec.INSECURE)
            ? RlweParameters.insecure(spec.degree(), spec.primes(), spec.specialPrimes())
            : RlweParameters.secure(spec.degree(), spec.primes(), spec.specialPrimes());
    t = new PlaintextModulus(spec.plaintextModulus());
    encoder = new CoefficientEncoder(rlwe.ring(), t);
    rounding = new ScaledRounding(rlwe.ring(), t);
    if (t.bits() > MAX_PLAINTEXT_BITS) {
      throw new IllegalArgumentException(
          "expected a plaintext modulus up to 2^" + MAX_PLAINTEXT_BITS + ", got " + t);
    }
    shareModulus = PlaintextModulus.powerOfTwo(t.bits() + RoundedPolynomial.GUARD_BITS);
    shareRounding = new ScaledRounding(rlwe.ring(), shareModulus);
  }

  /**
   * Checks degree, primes, plaintext modulus, the security table, and that a fresh encryption
   * decrypts.
   *
   * @throws IllegalArgumentException with the figures, if something does not fit
   */
  public static BfvParameters of(BfvParametersSpec spec) {
    BfvParameters parameters = new BfvParameters(spec);
    LinearCircuit nothing = new LinearCircuit(1, 1, 0, 1, 1);
    double bound = NoiseModel.boundLog2(spec.degree(), parameters.t, nothing);
    double allowed = NoiseModel.allowedLog2(parameters.ring().log2q(), parameters.t, nothing);
    if (bound > allowed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected room for a fresh encryption's noise of 2^%.1f, got 2^%.1f: q of %.1f bits"
                  + " is too small for t = %s",
              bound,
              allowed,
              parameters.ring().log2q(),
              parameters.t));
    }
    return parameters;
  }

  /** What reports call this set. */
  public String name() {
    return spec.name();
  }

  /** What it was made from. */
  public BfvParametersSpec spec() {
    return spec;
  }

  /** The rings, for keys. */
  public RlweParameters rlwe() {
    return rlwe;
  }

  /** R_q. */
  public Ring ring() {
    return rlwe.ring();
  }

  /** N. */
  public int degree() {
    return rlwe.ring().degree();
  }

  /** t. */
  public PlaintextModulus plaintextModulus() {
    return t;
  }

  /** Messages as ring elements. */
  public CoefficientEncoder encoder() {
    return encoder;
  }

  /** Ring elements as messages. */
  ScaledRounding rounding() {
    return rounding;
  }

  /** 2^b, the precision of {@link RoundedPolynomial}. */
  PlaintextModulus shareModulus() {
    return shareModulus;
  }

  ScaledRounding shareRounding() {
    return shareRounding;
  }

  /**
   * The flooding with which this set carries {@code circuit}.
   *
   * @param statisticalSecurityBits what is asked for; at least 40 for secure parameters
   * @throws IllegalArgumentException with the figures, if the set cannot afford it
   */
  public Flooding flooding(LinearCircuit circuit, int statisticalSecurityBits) {
    return afford(NoiseModel.boundLog2(degree(), t, circuit), circuit, statisticalSecurityBits);
  }

  /**
   * The flooding for the result of any other computation, whose noise somebody followed.
   *
   * @param before the result, before any flooding; its bound at six deviations is B_0
   * @param floods how many floods enter one decryption
   * @throws IllegalArgumentException with the figures, if this set cannot afford it
   */
  public Flooding flooding(NoiseEstimate before, int floods, int statisticalSecurityBits) {
    LinearCircuit decryption = new LinearCircuit(before.keyHolders(), 1, floods, 1, 0);
    return afford(Math.max(0, before.boundLog2()), decryption, statisticalSecurityBits);
  }

  private Flooding afford(double bound, LinearCircuit circuit, int statisticalSecurityBits) {
    if (rlwe.isSecure() && statisticalSecurityBits < Flooding.LEAST_STATISTICAL_SECURITY_BITS) {
      throw new IllegalArgumentException(
          "expected at least "
              + Flooding.LEAST_STATISTICAL_SECURITY_BITS
              + " bits of statistical security, got "
              + statisticalSecurityBits);
    }
    double needed = NoiseModel.floodedLog2(bound, circuit, statisticalSecurityBits);
    double allowed = NoiseModel.allowedLog2(ring().log2q(), t, circuit);
    if (needed > allowed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected parameters for %d bits of statistical security, but \"%s\" (N = %d, q of"
                  + " %.2f bits, t = %s) allows noise up to 2^%.1f and %d floods of 2^(%d + %.1f)"
                  + " make 2^%.1f",
              statisticalSecurityBits,
              name(),
              degree(),
              ring().log2q(),
              t,
              allowed,
              circuit.floods(),
              statisticalSecurityBits,
              bound,
              needed));
    }
    return new Flooding(statisticalSecurityBits, bound);
  }

  /**
   * The most bits of statistical security with which this set carries {@code circuit}; 0 or less if
   * it cannot carry it at all.
   */
  public int largestStatisticalSecurity(LinearCircuit circuit) {
    double bound = NoiseModel.boundLog2(degree(), t, circuit);
    double allowed = NoiseModel.allowedLog2(ring().log2q(), t, circuit);
    int stat = (int) Math.floor(allowed - bound);
    while (stat > 0 && NoiseModel.floodedLog2(bound, circuit, stat) > allowed) {
      stat--;
    }
    return stat;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BfvParameters parameters && parameters.spec.equals(spec);
  }

  @Override
  public int hashCode() {
    return spec.hashCode();
  }

  @Override
  public String toString() {
    return "BfvParameters " + name() + ", " + ring() + ", t = " + t;
  }
}
