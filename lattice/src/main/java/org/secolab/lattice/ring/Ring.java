package org.secolab.lattice.ring;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.secolab.lattice.arith.Modulus;

/**
 * R_q = Z_q[X]/(X^N+1) for q a product of distinct primes ≡ 1 mod 2N. Immutable; two rings are
 * equal if degree and primes are, in order.
 */
public final class Ring {
  /** The largest degree this library works with. */
  public static final int MAX_DEGREE = 1 << 15;

  private final int degree;
  private final List<PrimeField> fields;
  private final List<Long> primes;
  private final BigInteger q;
  private final List<BigInteger> units; // 1 modulo one prime, 0 modulo the others
  private final int fingerprint;

  /**
   * The ring of the given degree and primes.
   *
   * @param degree N, a power of two from 2 to {@value #MAX_DEGREE}
   * @param primes distinct, each ≡ 1 mod 2N and below 2^61
   */
  public Ring(int degree, List<Long> primes) {
    if (Integer.bitCount(degree) != 1 || degree < 2 || degree > MAX_DEGREE) {
      throw new IllegalArgumentException(
          "expected a power of two from 2 to " + MAX_DEGREE + " as degree, got " + degree);
    }
    if (primes.isEmpty() || primes.stream().distinct().count() != primes.size()) {
      throw new IllegalArgumentException("expected distinct primes, got " + primes);
    }
    this.degree = degree;
    this.primes = List.copyOf(primes);
    fields = primes.stream().map(prime -> PrimeField.of(prime, degree)).toList();
    q = primes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    units = primes.stream().map(this::unit).toList();
    fingerprint = fingerprint(degree, primes);
  }

  private BigInteger unit(long prime) {
    BigInteger p = BigInteger.valueOf(prime);
    BigInteger others = q.divide(p);
    return others.modInverse(p).multiply(others);
  }

  /** The integer in [0, q) that is 1 modulo prime {@code index} and 0 modulo all others. */
  BigInteger unit(int index) {
    return units.get(index);
  }

  private static int fingerprint(int degree, List<Long> primes) {
    ByteBuffer text = ByteBuffer.allocate(4 + 8 * primes.size()).putInt(degree);
    primes.forEach(text::putLong);
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.array())).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** N. */
  public int degree() {
    return degree;
  }

  /** The number of primes, and of rows of an element. */
  public int size() {
    return fields.size();
  }

  /** The primes, in the order of the rows. */
  public List<Long> primes() {
    return primes;
  }

  /** The field of row {@code index}. */
  public PrimeField field(int index) {
    return fields.get(index);
  }

  /** The modulus of row {@code index}. */
  public Modulus modulus(int index) {
    return fields.get(index).modulus();
  }

  /** q, the product of the primes. */
  public BigInteger q() {
    return q;
  }

  /** log2 q. */
  public double log2q() {
    return primes.stream().mapToDouble(p -> Math.log(p) / Math.log(2)).sum();
  }

  /** 32 bits of a hash of degree and primes, by which serialised elements name their ring. */
  public int fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Ring ring && ring.degree == degree && ring.primes.equals(primes));
  }

  @Override
  public int hashCode() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return "Ring of degree " + degree + " modulo " + primes;
  }
}
