package org.secolab.lattice.bfv;

import java.util.List;
import org.secolab.lattice.ring.Automorphism;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.LastPrimeDivision;
import org.secolab.lattice.ring.ProductSum;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.HoistedCiphertext;
import org.secolab.lattice.scheme.Evaluator;

/** Computing on ciphertexts without any key. Results are in {@link Domain#EVALUATION}. */
public final class BfvEvaluator implements Evaluator<Ciphertext, PreparedWeights> {
  private final BfvParameters parameters;

  /** Computes on ciphertexts of {@code parameters}. */
  public BfvEvaluator(BfvParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public PreparedWeights prepare(long[] coefficients) {
    return new PreparedWeights(parameters.encoder().factor(coefficients));
  }

  @Override
  public Ciphertext add(Ciphertext a, Ciphertext b) {
    Ciphertext x = a.evaluated();
    Ciphertext y = b.evaluated();
    return new Ciphertext(x.c0().plus(y.c0()), x.c1().plus(y.c1()));
  }

  @Override
  public Ciphertext subtract(Ciphertext a, Ciphertext b) {
    Ciphertext x = a.evaluated();
    Ciphertext y = b.evaluated();
    return new Ciphertext(x.c0().minus(y.c0()), x.c1().minus(y.c1()));
  }

  @Override
  public Ciphertext addPlain(Ciphertext ciphertext, long[] coefficients) {
    Ciphertext x = ciphertext.evaluated();
    return new Ciphertext(parameters.encoder().addMessage(x.c0().copy(), coefficients), x.c1());
  }

  @Override
  public Ciphertext multiplySum(List<PreparedWeights> factors, List<Ciphertext> ciphertexts) {
    if (factors.isEmpty() || factors.size() != ciphertexts.size()) {
      throw new IllegalArgumentException(
          "expected as many factors as ciphertexts and at least one, got "
              + factors.size()
              + " and "
              + ciphertexts.size());
    }
    ProductSum c0 = new ProductSum(parameters.ring());
    ProductSum c1 = new ProductSum(parameters.ring());
    for (int i = 0; i < factors.size(); i++) {
      Ciphertext ciphertext = ciphertexts.get(i).evaluated();
      c0.add(factors.get(i).evaluated(), ciphertext.c0());
      c1.add(factors.get(i).evaluated(), ciphertext.c1());
    }
    return new Ciphertext(c0.sum(), c1.sum());
  }

  /** The negative of a message. */
  public Ciphertext negate(Ciphertext ciphertext) {
    Ciphertext x = ciphertext.evaluated();
    return new Ciphertext(x.c0().copy().negateInPlace(), x.c1().copy().negateInPlace());
  }

  /** The message m(X) as m(X^g): in slots, a rotation or a swap of the rows. */
  public Ciphertext apply(Ciphertext ciphertext, GaloisKey key) {
    Ciphertext x = ciphertext.evaluated();
    Automorphism automorphism = key.automorphism();
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial image = scratch.polynomial(x.ring(), Domain.EVALUATION);
      Ciphertext switched = key.key().apply(automorphism.apply(x.c1(), image));
      return new Ciphertext(
          switched.c0().addInPlace(automorphism.apply(x.c0(), image)), switched.c1());
    }
  }

  /** A ciphertext to which many automorphisms will be applied: what they have in common is done. */
  public HoistedCiphertext hoist(Ciphertext ciphertext) {
    return new HoistedCiphertext(parameters.rlwe(), ciphertext);
  }

  /** The same message modulo q without its last prime: smaller, and with that much less noise. */
  public Ciphertext dropLastPrime(Ciphertext ciphertext) {
    LastPrimeDivision division = new LastPrimeDivision(ciphertext.ring());
    return new Ciphertext(division.apply(ciphertext.c0()), division.apply(ciphertext.c1()));
  }
}
