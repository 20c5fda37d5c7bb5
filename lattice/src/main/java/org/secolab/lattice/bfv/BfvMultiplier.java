package org.secolab.lattice.bfv;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.ring.BaseConversion;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.ProductSum;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
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
  private final long[] tModQ; // t modulo the primes of q
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
    long t = parameters.plaintextModulus().value();
    tModQ = q.primes().stream().mapToLong(prime -> t % prime).toArray();
    tModR = r.primes().stream().mapToLong(prime -> t % prime).toArray();
    inverseQ = new long[r.size()];
    for (int j = 0; j < r.size(); j++) {
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
    try (Scratch scratch = Scratch.open()) {
      ExtendedCiphertext x = extend(a, scratch::polynomial);
      ExtendedCiphertext y = a == b ? x : extend(b, scratch::polynomial);
      return multiplySum(List.of(x), List.of(y));
    }
  }

  /** A factor for any number of products. */
  public ExtendedCiphertext extend(Ciphertext ciphertext) {
    return extend(ciphertext, RnsPolynomial::zero);
  }

  private ExtendedCiphertext extend(
      Ciphertext ciphertext, BiFunction<Ring, Domain, RnsPolynomial> allocator) {
    Ciphertext x = ciphertext.evaluated();
    RnsPolynomial c0 = allocator.apply(r, Domain.COEFFICIENT);
    RnsPolynomial c1 = allocator.apply(r, Domain.COEFFICIENT);
    try (Scratch scratch = Scratch.open()) {
      extend.apply(scratch.copy(x.c0()).transformTo(Domain.COEFFICIENT), c0);
      extend.apply(scratch.copy(x.c1()).transformTo(Domain.COEFFICIENT), c1);
    }
    return new ExtendedCiphertext(
        x.c0(), x.c1(), c0.transformTo(Domain.EVALUATION), c1.transformTo(Domain.EVALUATION));
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
        scaled(modQ[0], modR[0]), scaled(modQ[1], modR[1]), scaled(modQ[2], modR[2]));
  }

  /** round(t·x/q) modulo q, for the sum x given modulo q and modulo r. */
  private RnsPolynomial scaled(ProductSum sumModQ, ProductSum sumModR) {
    RnsPolynomial result = RnsPolynomial.zero(q, Domain.COEFFICIENT);
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial modQ = sumModQ.sum(scratch.polynomial(q, Domain.EVALUATION));
      modQ.transformTo(Domain.COEFFICIENT).scaleInPlace(tModQ);
      RnsPolynomial remainder = scratch.polynomial(r, Domain.COEFFICIENT);
      extend.apply(modQ, remainder);
      RnsPolynomial modR = sumModR.sum(scratch.polynomial(r, Domain.EVALUATION));
      modR.transformTo(Domain.COEFFICIENT)
          .scaleInPlace(tModR)
          .subtractAndScaleInPlace(remainder, inverseQ);
      comeBack.apply(modR, result);
    }
    return result.transformTo(Domain.EVALUATION);
  }

  /** A product as an ordinary ciphertext. */
  public static Ciphertext relinearise(QuadraticCiphertext product, RelinearizationKey key) {
    Ciphertext linear = key.key().apply(product.c2());
    return new Ciphertext(
        linear.c0().addInPlace(product.c0()), linear.c1().addInPlace(product.c1()));
  }
}
