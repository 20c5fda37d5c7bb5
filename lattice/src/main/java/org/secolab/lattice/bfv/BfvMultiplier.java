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
 * where w is converted to, and converted back to q. One product's result is at most t·N·q/2 in
 * absolute value, so that r > (k + 1)·t·N·q is enough for a sum of k of them; r > 4·t·N·q.
 */
public final class BfvMultiplier {
  private final BfvParameters parameters;
  private final Ring q;
  private final Ring r;
  private final BaseConversion extend;
  private final BaseConversion comeBack;
  private final long[] tModR;
  private final long[] inverseQ; // q^−1 modulo the primes of r
  private final int capacity; // products whose sum is exact modulo r

  /** Multiplies ciphertexts of {@code parameters}. */
  public BfvMultiplier(BfvParameters parameters) {
    this.parameters = parameters;
    q = parameters.ring();
    r = extension();
    extend = new BaseConversion(q, r);
    comeBack = new BaseConversion(r, q);
    capacity = r.q().divide(largestProduct()).min(BigInteger.valueOf(1 << 20)).intValueExact() - 1;
    tModR = new long[r.size()];
    inverseQ = new long[r.size()];
    for (int j = 0; j < r.size(); j++) {
      tModR[j] = r.modulus(j).reduce(parameters.plaintextModulus().value());
      inverseQ[j] = r.modulus(j).inverse(r.modulus(j).reduce(q.q()));
    }
  }

  /** t·N·q, twice the largest absolute value of a product's coefficient. */
  private BigInteger largestProduct() {
    return q.q()
        .multiply(BigInteger.valueOf(parameters.plaintextModulus().value()))
        .multiply(BigInteger.valueOf(q.degree()));
  }

  private Ring extension() {
    BigInteger bound = largestProduct().shiftLeft(2);
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
    ExtendedCiphertext x = extend(a);
    return multiplySum(List.of(x), List.of(a == b ? x : extend(b)));
  }

  /** A factor for any number of products. */
  public ExtendedCiphertext extend(Ciphertext ciphertext) {
    Ciphertext x = ciphertext.evaluated();
    return new ExtendedCiphertext(x.c0(), x.c1(), extended(x.c0()), extended(x.c1()));
  }

  /**
   * Σ a[i]·b[i], scaled and rounded once: one relinearisation makes an ordinary ciphertext of it.
   *
   * @param a at least one
   * @param b as many
   */
  public QuadraticCiphertext multiplySum(List<ExtendedCiphertext> a, List<ExtendedCiphertext> b) {
    if (a.isEmpty() || a.size() != b.size()) {
      throw new IllegalArgumentException(
          "expected as many left as right factors and at least one, got "
              + a.size()
              + " and "
              + b.size());
    }
    QuadraticCiphertext sum = exactSum(a, b, 0, Math.min(capacity, a.size()));
    for (int from = capacity; from < a.size(); from += capacity) {
      sum = sum.plus(exactSum(a, b, from, Math.min(from + capacity, a.size())));
    }
    return sum;
  }

  /** The sum of at most {@link #capacity} products. */
  private QuadraticCiphertext exactSum(
      List<ExtendedCiphertext> a, List<ExtendedCiphertext> b, int from, int to) {
    ProductSum[] modQ = {new ProductSum(q), new ProductSum(q), new ProductSum(q)};
    ProductSum[] modR = {new ProductSum(r), new ProductSum(r), new ProductSum(r)};
    for (int i = from; i < to; i++) {
      ExtendedCiphertext x = a.get(i);
      ExtendedCiphertext y = b.get(i);
      modQ[0].add(x.c0(), y.c0());
      modQ[1].add(x.c0(), y.c1()).add(x.c1(), y.c0());
      modQ[2].add(x.c1(), y.c1());
      modR[0].add(x.extendedC0(), y.extendedC0());
      modR[1].add(x.extendedC0(), y.extendedC1()).add(x.extendedC1(), y.extendedC0());
      modR[2].add(x.extendedC1(), y.extendedC1());
    }
    return new QuadraticCiphertext(
        scaled(modQ[0].sum(), modR[0].sum()),
        scaled(modQ[1].sum(), modR[1].sum()),
        scaled(modQ[2].sum(), modR[2].sum()));
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
