package org.secolab.lattice.rlwe;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.secolab.lattice.ring.Ring;

/**
 * The ring of ciphertexts and the ring of keys, checked against the {@link SecurityTable}.
 *
 * <p>Keys live modulo q·p, ciphertexts modulo q; p, the product of the special primes, is 1 unless
 * keys are to be switched.
 */
public final class RlweParameters {
  private final Ring ring;
  private final Ring keyRing;
  private final boolean secure;

  private RlweParameters(int degree, List<Long> primes, List<Long> specialPrimes, boolean secure) {
    ring = new Ring(degree, primes);
    keyRing =
        specialPrimes.isEmpty()
            ? ring
            : new Ring(degree, Stream.concat(primes.stream(), specialPrimes.stream()).toList());
    this.secure = secure;
  }

  /**
   * Parameters of at least 128 bits of classical security.
   *
   * @throws IllegalArgumentException if the security table does not allow them
   */
  public static RlweParameters secure(int degree, List<Long> primes, List<Long> specialPrimes) {
    RlweParameters parameters = new RlweParameters(degree, primes, specialPrimes, true);
    int allowed = SecurityTable.maxLog2q(degree);
    double log2 = parameters.keyRing.log2q();
    if (log2 > allowed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected at most %d bits of modulus at degree %d for 128-bit security, got %.2f",
              allowed,
              degree,
              log2));
    }
    return parameters;
  }

  /** Parameters of any size: for tests, which no security depends on. */
  public static RlweParameters insecure(int degree, List<Long> primes, List<Long> specialPrimes) {
    return new RlweParameters(degree, primes, specialPrimes, false);
  }

  /** R_q, where ciphertexts live. */
  public Ring ring() {
    return ring;
  }

  /** R_qp, where key-switching keys live: the primes of {@link #ring} first. */
  public Ring keyRing() {
    return keyRing;
  }

  /** Whether they were checked against the security table. */
  public boolean isSecure() {
    return secure;
  }

  /** What the security tables say, in words for a report. */
  public String security() {
    if (!secure) {
      return "INSECURE: for tests only";
    }
    int degree = ring.degree();
    int guidelines = SecurityTable.guidelinesMaxLog2q(degree);
    return String.format(
        Locale.ROOT,
        "128 bits by the 2018 standard (%.2f of %d bits), %s the 2024 guidelines (%d)",
        keyRing.log2q(),
        SecurityTable.maxLog2q(degree),
        keyRing.log2q() <= guidelines ? "and by" : "slightly less by",
        guidelines);
  }
}
