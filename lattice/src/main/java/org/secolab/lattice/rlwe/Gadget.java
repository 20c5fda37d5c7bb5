package org.secolab.lattice.rlwe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/**
 * The gadget vector w of hybrid key switching with one digit per prime of q and one special prime p
 * (Gentry, Halevi, Smart, Crypto 2012; Han, Ki, CT-RSA 2020): w_k is p modulo the k-th prime and 0
 * modulo all others, p included, so that Σ_k digit_k(c)·w_k = p·c for digit_k(c) = c mod the k-th
 * prime.
 */
public final class Gadget {
  private final RlweParameters parameters;

  /**
   * The gadget of these parameters.
   *
   * @throws IllegalArgumentException unless there is exactly one special prime
   */
  public Gadget(RlweParameters parameters) {
    if (parameters.keyRing().size() != parameters.ring().size() + 1) {
      throw new IllegalArgumentException(
          "expected parameters with one special prime, got "
              + (parameters.keyRing().size() - parameters.ring().size()));
    }
    this.parameters = parameters;
  }

  /** The number of digits: of primes of q. */
  public int size() {
    return parameters.ring().size();
  }

  /**
   * Adds w_digit · x to {@code target}, both in the key ring and the same domain.
   *
   * @return {@code target}
   */
  public RnsPolynomial addMultiple(RnsPolynomial target, int digit, RnsPolynomial x) {
    Ring keyRing = parameters.keyRing();
    Modulus modulus = keyRing.modulus(digit);
    long p = modulus.reduce(keyRing.primes().getLast());
    long pShoup = modulus.shoup(p);
    long[] row = target.row(digit);
    long[] source = x.row(digit);
    for (int j = 0; j < row.length; j++) {
      row[j] = modulus.add(row[j], modulus.multiplyShoup(source[j], p, pShoup));
    }
    return target;
  }

  /**
   * The digits of c, centred: small elements of the key ring, in {@link Domain#EVALUATION}.
   *
   * @param c in R_q, in {@link Domain#EVALUATION}
   */
  public List<RnsPolynomial> digits(RnsPolynomial c) {
    return digits(c, RnsPolynomial::zero);
  }

  /**
   * The same in elements that the caller owns.
   *
   * @param allocator makes an element of a ring
   */
  List<RnsPolynomial> digits(RnsPolynomial c, BiFunction<Ring, Domain, RnsPolynomial> allocator) {
    c.expect(Domain.EVALUATION);
    Ring keyRing = parameters.keyRing();
    List<RnsPolynomial> digits = new ArrayList<>();
    try (Scratch scratch = Scratch.open()) {
      long[] digit = scratch.row(keyRing.degree());
      for (int k = 0; k < size(); k++) {
        System.arraycopy(c.row(k), 0, digit, 0, digit.length);
        keyRing.field(k).transform().inverse(digit);
        long prime = keyRing.primes().get(k);
        for (int j = 0; j < digit.length; j++) {
          digit[j] -= prime & ((prime / 2 - digit[j]) >> 63);
        }
        // Modulo the k-th prime, digit k is c.
        digits.add(
            allocator.apply(keyRing, Domain.EVALUATION).setSignedEvaluated(digit, k, c.row(k)));
      }
    }
    return digits;
  }
}
