package org.secolab.lattice.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.sample.UniformSampler;

class RnsPolynomialProperties {
  private static final Ring RING = new Ring(16, Primes.largestNttPrimes(16, 50, 3));

  private static RnsPolynomial uniform(Domain domain, long seed) {
    return UniformSampler.polynomial(RING, domain, SeededRandom.ofInsecureNumber(seed));
  }

  private static BigInteger[] coefficients(RnsPolynomial polynomial) {
    BigInteger[] result = new BigInteger[RING.degree()];
    for (int i = 0; i < result.length; i++) {
      result[i] = polynomial.coefficient(i);
    }
    return result;
  }

  @Property(tries = 50)
  void arithmetic_isThatOfIntegersModuloQ(@ForAll long seed) {
    RnsPolynomial a = uniform(Domain.COEFFICIENT, seed);
    RnsPolynomial b = uniform(Domain.COEFFICIENT, ~seed);
    BigInteger q = RING.q();
    BigInteger[] x = coefficients(a);
    BigInteger[] y = coefficients(b);
    BigInteger[] product = new BigInteger[16];
    java.util.Arrays.fill(product, BigInteger.ZERO);
    for (int i = 0; i < 16; i++) {
      assertEquals(x[i].add(y[i]).mod(q), a.plus(b).coefficient(i));
      assertEquals(x[i].subtract(y[i]).mod(q), a.minus(b).coefficient(i));
      assertEquals(x[i].negate().mod(q), a.copy().negateInPlace().coefficient(i));
      for (int j = 0; j < 16; j++) {
        BigInteger term = x[i].multiply(y[j]);
        product[(i + j) % 16] = product[(i + j) % 16].add(i + j < 16 ? term : term.negate());
      }
    }
    RnsPolynomial times =
        a.copy()
            .transformTo(Domain.EVALUATION)
            .times(b.copy().transformTo(Domain.EVALUATION))
            .transformTo(Domain.COEFFICIENT);
    for (int i = 0; i < 16; i++) {
      assertEquals(product[i].mod(q), times.coefficient(i));
    }
  }

  @Property(tries = 30)
  void productSum_equalsTheSumOfProducts(
      @ForAll @IntRange(min = 1, max = 70) int count, @ForAll long seed) {
    // 61-bit primes: only 31 products fit before the sum must reduce.
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 61, 2));
    ProductSum lazy = new ProductSum(ring);
    RnsPolynomial expected = RnsPolynomial.zero(ring, Domain.EVALUATION);
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    for (int i = 0; i < count; i++) {
      RnsPolynomial a = UniformSampler.polynomial(ring, Domain.EVALUATION, random);
      RnsPolynomial b = UniformSampler.polynomial(ring, Domain.EVALUATION, random);
      lazy.add(a, b);
      expected.addInPlace(a.times(b));
    }
    RnsPolynomial sum = lazy.sum();
    for (int i = 0; i < ring.size(); i++) {
      assertArrayEquals(expected.row(i), sum.row(i));
    }
  }

  @Example
  void productSum_ofLargestResidues_isExact() {
    Ring ring = new Ring(16, Primes.largestNttPrimes(16, 61, 1));
    long q = ring.primes().getFirst();
    RnsPolynomial largest = RnsPolynomial.zero(ring, Domain.EVALUATION);
    java.util.Arrays.fill(largest.row(0), q - 1);
    ProductSum sum = new ProductSum(ring);
    for (int i = 0; i < 100; i++) {
      sum.add(largest, largest);
    }
    assertEquals(100, sum.sum().row(0)[5]);
  }

  @Property(tries = 30)
  void wireForm_roundTrips_inEitherDomain(@ForAll Domain domain, @ForAll long seed)
      throws MalformedMessageException {
    RnsPolynomial original = uniform(domain, seed);
    WireWriter out = new WireWriter(16);
    original.writeTo(out);
    assertEquals(RnsPolynomial.wireBytes(RING), out.size());
    WireReader in = new WireReader(out.toByteArray());
    RnsPolynomial read = RnsPolynomial.read(in, RING, domain);
    in.end();
    for (int i = 0; i < RING.size(); i++) {
      assertArrayEquals(original.row(i), read.row(i));
    }
  }

  @Example
  void foreignBytes_areRefused() throws MalformedMessageException {
    WireWriter out = new WireWriter(16);
    uniform(Domain.EVALUATION, 1).writeTo(out);
    byte[] bytes = out.toByteArray();
    Ring other = new Ring(16, Primes.largestNttPrimes(16, 50, 4).subList(1, 4));
    assertThrows(
        MalformedMessageException.class,
        () -> RnsPolynomial.read(new WireReader(bytes), other, Domain.EVALUATION));
    assertThrows(
        MalformedMessageException.class,
        () -> RnsPolynomial.read(new WireReader(bytes), RING, Domain.COEFFICIENT));
    for (int length = 0; length < bytes.length; length++) {
      WireReader truncated = new WireReader(bytes, 0, length);
      assertThrows(
          MalformedMessageException.class,
          () -> RnsPolynomial.read(truncated, RING, Domain.EVALUATION));
    }
    byte[] tooLarge = bytes.clone();
    java.util.Arrays.fill(tooLarge, 6, 14, (byte) 0xff);
    MalformedMessageException e =
        assertThrows(
            MalformedMessageException.class,
            () -> RnsPolynomial.read(new WireReader(tooLarge), RING, Domain.EVALUATION));
    assertEquals(true, e.getMessage().contains("residues below"));
  }

  @Example
  void mixedDomainsAndRings_areRefused() {
    RnsPolynomial a = uniform(Domain.COEFFICIENT, 1);
    RnsPolynomial b = uniform(Domain.EVALUATION, 2);
    assertThrows(IllegalArgumentException.class, () -> a.plus(b));
    assertThrows(IllegalArgumentException.class, () -> a.times(a));
    RnsPolynomial foreign =
        RnsPolynomial.zero(new Ring(16, RING.primes().subList(0, 2)), Domain.COEFFICIENT);
    assertThrows(IllegalArgumentException.class, () -> a.plus(foreign));
    assertThrows(IllegalArgumentException.class, () -> new Ring(24, RING.primes()));
    assertThrows(IllegalArgumentException.class, () -> new Ring(16, List.of(97L, 97L)));
  }
}
