package org.secolab.lattice.bfv;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.ring.BaseConversion;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.ProductSum;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.RelinearizationKey;

/**
 * Products of two ciphertexts, after Halevi, Polyakov, Shoup (eprint 2018/117, section 4) with
 * exact integer fractions.
 *
 * <p>The products c_i·c'_j are wanted over the integers, scaled by t/q and rounded. Centred
 * operands are extended to more primes, of product r: x = c_i·c'_j is known modulo q and r. With w
 * the centred representative of t·x mod q, round(t·x/q) = (t·x − w)/q, which is computed modulo r,
 * where w is converted to, and converted back to q. r exceeds t·N·q, twice what results can be.
 */
public final class BfvMultiplier {
  private final BfvParameters parameters;
  private final Ring q;
  private final Ring r;
  private final BaseConversion extend;
  private final BaseConversion comeBack;
  private final long[] tModR;
  private final long[] inverseQ; // q^−1 modulo the primes of r

  /** Multiplies ciphertexts of {@code parameters}. */
  public BfvMultiplier(BfvParameters parameters) {
    this.parameters = parameters;
    q = parameters.ring();
    r = extension(q, parameters.plaintextModulus().value());
    extend = new BaseConversion(q, r);
    comeBack = new BaseConversion(r, q);
    tModR = new long[r.size()];
    inverseQ = new long[r.size()];
    for (int j = 0; j < r.size(); j++) {
      tModR[j] = r.modulus(j).reduce(parameters.plaintextModulus().value());
      inverseQ[j] = r.modulus(j).inverse(r.modulus(j).reduce(q.q()));
    }
  }

  private static Ring extension(Ring q, long t) {
    BigInteger bound =
        q.q().multiply(BigInteger.valueOf(t)).shiftLeft(2).multiply(BigInteger.valueOf(q.degree()));
    List<Long> primes = new ArrayList<>();
    BigInteger product = BigInteger.ONE;
    // More than enough candidates: at most size + this many are passed over or taken.
    int candidates = 2 * q.size() + 4;
    for (long prime : Primes.largestNttPrimes(q.degree(), 50, candidates)) {
      if (product.compareTo(bound) < 0 && !q.primes().contains(prime)) {
        primes.add(prime);
        product = product.multiply(BigInteger.valueOf(prime));
      }
    }
    return new Ring(q.degree(), primes);
  }

  /** The product, which decrypts to the product of the messages. */
  public QuadraticCiphertext multiply(Ciphertext a, Ciphertext b) {
    Ciphertext x = a.evaluated();
    Ciphertext y = b.evaluated();
    RnsPolynomial x0 = extended(x.c0());
    RnsPolynomial x1 = extended(x.c1());
    RnsPolynomial y0 = extended(y.c0());
    RnsPolynomial y1 = extended(y.c1());
    return new QuadraticCiphertext(
        scaled(x.c0().times(y.c0()), x0.times(y0)),
        scaled(
            new ProductSum(q).add(x.c0(), y.c1()).add(x.c1(), y.c0()).sum(),
            new ProductSum(r).add(x0, y1).add(x1, y0).sum()),
        scaled(x.c1().times(y.c1()), x1.times(y1)));
  }

  private RnsPolynomial extended(RnsPolynomial polynomial) {
    return extend
        .apply(polynomial.copy().transformTo(Domain.COEFFICIENT))
        .transformTo(Domain.EVALUATION);
  }

  /** round(t·x/q) modulo q, for x given modulo q and modulo r. */
  private RnsPolynomial scaled(RnsPolynomial modQ, RnsPolynomial modR) {
    modQ.transformTo(Domain.COEFFICIENT);
    modR.transformTo(Domain.COEFFICIENT);
    long t = parameters.plaintextModulus().value();
    for (int i = 0; i < q.size(); i++) {
      multiplyBy(q.modulus(i), modQ.row(i), q.modulus(i).reduce(t));
    }
    RnsPolynomial remainder = extend.apply(modQ);
    for (int j = 0; j < r.size(); j++) {
      multiplyBy(r.modulus(j), modR.row(j), tModR[j]);
    }
    modR.subtractInPlace(remainder);
    for (int j = 0; j < r.size(); j++) {
      multiplyBy(r.modulus(j), modR.row(j), inverseQ[j]);
    }
    return comeBack.apply(modR).transformTo(Domain.EVALUATION);
  }

  private static void multiplyBy(Modulus modulus, long[] row, long factor) {
    long companion = modulus.shoup(factor);
    for (int j = 0; j < row.length; j++) {
      row[j] = modulus.multiplyShoup(row[j], factor, companion);
    }
  }

  /** A product as an ordinary ciphertext. */
  public static Ciphertext relinearise(QuadraticCiphertext product, RelinearizationKey key) {
    Ciphertext linear = key.key().apply(product.c2());
    return new Ciphertext(
        linear.c0().addInPlace(product.c0()), linear.c1().addInPlace(product.c1()));
  }
}
