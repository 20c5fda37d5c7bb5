package org.secolab.lattice.bfv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.clear.ClearVector;
import org.secolab.lattice.clear.InsecureClearScheme;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.HoistedCiphertext;
import org.secolab.lattice.rlwe.KeySwitchingKey;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;

class BfvMultiplicationProperties {
  /** 257 ≡ 1 mod 2·64 and mod 2·32. */
  private static final long T = 257;

  private static final class Fixture {
    final BfvParameters parameters;
    final RandomSource random;
    final SecretKey secretKey;
    final BfvEncryptor encryptor;
    final BfvEvaluator evaluator;

    Fixture(BfvParametersSpec spec, long seed) {
      parameters = BfvParameters.of(spec);
      random = SeededRandom.ofInsecureNumber(seed);
      secretKey = SecretKey.generate(parameters.rlwe(), random);
      encryptor =
          new BfvEncryptor(parameters, PublicKey.generate(parameters.rlwe(), secretKey, random));
      evaluator = new BfvEvaluator(parameters);
    }

    long[] uniform() {
      long[] values = new long[parameters.degree()];
      UniformSampler.fill(values, parameters.plaintextModulus().value(), random);
      return values;
    }

    Ciphertext encrypt(long[] message) {
      return encryptor.encrypt(message, random);
    }

    long[] decrypt(Ciphertext ciphertext) {
      return new BfvDecryptor(parameters, secretKey).decrypt(ciphertext);
    }
  }

  private static long[] product(PlaintextModulus t, long[] a, long[] b) {
    InsecureClearScheme clear = new InsecureClearScheme(a.length, t);
    return clear.decrypt(clear.multiplySum(List.of(clear.prepare(a)), List.of(clear.prepare(b))));
  }

  @Property(tries = 40)
  void productOfCiphertexts_decryptsToTheProduct(
      @ForAll @IntRange(min = 4, max = 7) int logDegree,
      @ForAll @IntRange(min = 1, max = 20) int bits,
      @ForAll boolean odd,
      @ForAll @IntRange(min = 2, max = 4) int primes,
      @ForAll long seed) {
    long t = odd ? (1L << (bits + 1)) - 1 : 1L << bits;
    Fixture fixture =
        new Fixture(
            BfvParametersSpec.insecureToyWithSpecialPrime(1 << logDegree, 50, primes, t), seed);
    long[] a = fixture.uniform();
    long[] b = fixture.uniform();
    Ciphertext ca = fixture.encrypt(a);
    BfvMultiplier multiplier = new BfvMultiplier(fixture.parameters);
    QuadraticCiphertext product = multiplier.multiply(ca, fixture.encrypt(b));
    QuadraticCiphertext square = multiplier.multiply(ca, ca);
    RelinearizationKey key =
        RelinearizationKey.generate(fixture.parameters.rlwe(), fixture.secretKey, fixture.random);
    PlaintextModulus modulus = fixture.parameters.plaintextModulus();
    long[] expected = product(modulus, a, b);
    assertArrayEquals(
        expected, new BfvDecryptor(fixture.parameters, fixture.secretKey).decrypt(product));
    Ciphertext linear = BfvMultiplier.relinearise(product, key);
    assertArrayEquals(expected, fixture.decrypt(linear));
    long[] sum = product(modulus, a, a);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = modulus.add(sum[i], expected[i]);
    }
    assertArrayEquals(sum, fixture.decrypt(BfvMultiplier.relinearise(product.plus(square), key)));
  }

  @Property(tries = 20)
  void sumOfProducts_decryptsToTheSum_relinearisedOnce(
      @ForAll @IntRange(min = 1, max = 20) int terms, @ForAll long seed) {
    Fixture fixture =
        new Fixture(BfvParametersSpec.insecureToyWithSpecialPrime(32, 50, 3, 1 << 20), seed);
    BfvMultiplier multiplier = new BfvMultiplier(fixture.parameters);
    PlaintextModulus t = fixture.parameters.plaintextModulus();
    InsecureClearScheme clear = new InsecureClearScheme(32, t);
    List<ExtendedCiphertext> left = new ArrayList<>();
    List<ExtendedCiphertext> right = new ArrayList<>();
    List<ClearVector> clearLeft = new ArrayList<>();
    List<ClearVector> clearRight = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      long[] a = fixture.uniform();
      long[] b = fixture.uniform();
      left.add(multiplier.extend(fixture.encrypt(a)));
      right.add(multiplier.extend(fixture.encrypt(b)));
      clearLeft.add(clear.prepare(a));
      clearRight.add(clear.prepare(b));
    }
    RelinearizationKey key =
        RelinearizationKey.generate(fixture.parameters.rlwe(), fixture.secretKey, fixture.random);
    assertArrayEquals(
        clear.decrypt(clear.multiplySum(clearLeft, clearRight)),
        fixture.decrypt(BfvMultiplier.relinearise(multiplier.multiplySum(left, right), key)));
  }

  /** Where all coefficients are the largest there are, so are the sums: nothing may wrap around. */
  @Example
  void sumOfLargestProducts_isRoundedExactly_beyondWhatOneSumHolds() {
    // 2^43·16·q leaves three primes of 50 bits room for six products.
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.insecureToy(16, 50, 2, 1L << 43));
    Ring ring = parameters.ring();
    BigInteger largest = ring.q().shiftRight(1);
    RnsPolynomial all = RnsPolynomial.zero(ring, Domain.COEFFICIENT);
    for (int i = 0; i < ring.size(); i++) {
      Arrays.fill(all.row(i), ring.modulus(i).reduce(largest));
    }
    BfvMultiplier multiplier = new BfvMultiplier(parameters);
    ExtendedCiphertext factor = multiplier.extend(new Ciphertext(all, all));
    BigInteger t = BigInteger.valueOf(parameters.plaintextModulus().value());
    for (int terms : new int[] {1, 6, 7, 40}) {
      QuadraticCiphertext sum =
          multiplier.multiplySum(
              Collections.nCopies(terms, factor), Collections.nCopies(terms, factor));
      // Coefficient N − 1 of the square of (q−1)/2·(1 + X + … + X^(N−1)): nothing cancels.
      BigInteger exact = largest.pow(2).multiply(BigInteger.valueOf(16L * terms));
      BigInteger scaled =
          exact.multiply(t).shiftLeft(1).add(ring.q()).divide(ring.q().shiftLeft(1));
      BigInteger got = sum.c2().copy().transformTo(Domain.COEFFICIENT).coefficient(15);
      BigInteger difference = got.subtract(scaled).mod(ring.q());
      // Each part that was rounded on its own may be off by one half.
      assertTrue(
          difference.min(ring.q().subtract(difference)).compareTo(BigInteger.valueOf(terms / 6))
              <= 0,
          terms + " terms");
    }
  }

  @Property(tries = 20)
  void hoistedAutomorphisms_areTheOthersToTheLastBit(@ForAll long seed) {
    Fixture fixture =
        new Fixture(BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 3, T), seed);
    Ciphertext ciphertext = fixture.encrypt(fixture.uniform());
    HoistedCiphertext hoisted = fixture.evaluator.hoist(ciphertext);
    for (int exponent : new int[] {3, 127, 5}) {
      GaloisKey key = galois(fixture, exponent);
      Ciphertext expected = fixture.evaluator.apply(ciphertext, key);
      Ciphertext image = hoisted.apply(key);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(expected.c0().row(i), image.c0().row(i));
        assertArrayEquals(expected.c1().row(i), image.c1().row(i));
      }
    }
  }

  @Property(tries = 20)
  void depthTwo_works(@ForAll long seed) {
    Fixture fixture =
        new Fixture(BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 4, 1 << 16), seed);
    RelinearizationKey key =
        RelinearizationKey.generate(fixture.parameters.rlwe(), fixture.secretKey, fixture.random);
    BfvMultiplier multiplier = new BfvMultiplier(fixture.parameters);
    long[] a = fixture.uniform();
    Ciphertext ca = fixture.encrypt(a);
    Ciphertext squared = BfvMultiplier.relinearise(multiplier.multiply(ca, ca), key);
    Ciphertext fourth = BfvMultiplier.relinearise(multiplier.multiply(squared, squared), key);
    PlaintextModulus t = fixture.parameters.plaintextModulus();
    long[] square = product(t, a, a);
    assertArrayEquals(product(t, square, square), fixture.decrypt(fourth));
  }

  @Property(tries = 30)
  void slots_addMultiplyAndRotate(
      @ForAll @IntRange(min = -40, max = 40) int places, @ForAll long seed) {
    Fixture fixture =
        new Fixture(BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 3, T), seed);
    SlotEncoder encoder = new SlotEncoder(fixture.parameters);
    PlaintextModulus t = fixture.parameters.plaintextModulus();
    long[] a = fixture.uniform();
    long[] b = fixture.uniform();
    assertArrayEquals(a, encoder.decode(encoder.encode(a)));

    long[] products = encoder.decode(product(t, encoder.encode(a), encoder.encode(b)));
    for (int i = 0; i < 64; i++) {
      assertEquals(t.multiply(a[i], b[i]), products[i]);
    }
    Ciphertext ca = fixture.encrypt(encoder.encode(a));
    GaloisKey rotation = galois(fixture, encoder.rotation(places));
    long[] rotated = encoder.decode(fixture.decrypt(fixture.evaluator.apply(ca, rotation)));
    long[] swapped =
        encoder.decode(
            fixture.decrypt(fixture.evaluator.apply(ca, galois(fixture, encoder.swap()))));
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < 32; i++) {
        assertEquals(a[32 * row + Math.floorMod(i + places, 32)], rotated[32 * row + i]);
        assertEquals(a[32 * (1 - row) + i], swapped[32 * row + i]);
      }
    }
  }

  private static GaloisKey galois(Fixture fixture, int exponent) {
    return GaloisKey.generate(
        fixture.parameters.rlwe(), exponent, fixture.secretKey, fixture.random);
  }

  @Property(tries = 20)
  void droppingAPrime_keepsTheMessage_andKeysFollow(@ForAll long seed) {
    BfvParametersSpec spec = BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 3, T);
    Fixture fixture = new Fixture(spec, seed);
    BfvParameters lower = BfvParameters.of(spec.withoutLastPrime());
    SecretKey lowerKey =
        SecretKey.of(
            lower.rlwe(),
            fixture.secretKey.evaluatedInKeyRing().restrictedTo(lower.rlwe().keyRing()));
    long[] message = fixture.uniform();
    Ciphertext dropped = fixture.evaluator.dropLastPrime(fixture.encrypt(message));
    assertEquals(lower.ring(), dropped.ring());
    BfvDecryptor decryptor = new BfvDecryptor(lower, lowerKey);
    assertArrayEquals(message, decryptor.decrypt(dropped));
    assertArrayEquals(
        message, decryptor.decrypt(fixture.evaluator.negate(fixture.evaluator.negate(dropped))));

    RelinearizationKey key =
        RelinearizationKey.generate(fixture.parameters.rlwe(), fixture.secretKey, fixture.random);
    RelinearizationKey lowerRelinearization =
        new RelinearizationKey(key.key().restrictedTo(lower.rlwe()));
    Ciphertext square =
        BfvMultiplier.relinearise(
            new BfvMultiplier(lower).multiply(dropped, dropped), lowerRelinearization);
    assertArrayEquals(
        product(lower.plaintextModulus(), message, message), decryptor.decrypt(square));
  }

  @Property(tries = 10)
  void keySwitchingKeys_roundTrip_seededAndExplicit(@ForAll long seed)
      throws MalformedMessageException {
    Fixture fixture =
        new Fixture(BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 3, T), seed);
    GaloisKey seeded = galois(fixture, 3);
    KeySwitchingKey explicit = seeded.key().restrictedTo(fixture.parameters.rlwe());
    Ciphertext ciphertext = fixture.encrypt(fixture.uniform());
    Ciphertext expected = seeded.key().apply(ciphertext.c1());
    int[] sizes = new int[2];
    for (KeySwitchingKey key : List.of(seeded.key(), explicit)) {
      WireWriter out = new WireWriter(16);
      key.writeTo(out);
      sizes[key == explicit ? 1 : 0] = out.size();
      WireReader in = new WireReader(out.toByteArray());
      KeySwitchingKey read = KeySwitchingKey.read(in, fixture.parameters.rlwe());
      in.end();
      assertArrayEquals(expected.c0().row(0), read.apply(ciphertext.c1()).c0().row(0));
      assertArrayEquals(expected.c1().row(2), read.apply(ciphertext.c1()).c1().row(2));
    }
    assertEquals(sizes[1], 2 * (sizes[0] - 32) - 1, "a seed of 32 bytes stands for half of it");
  }

  @Property(tries = 10)
  void evaluationKeys_roundTrip_andForeignBytesAreRefused(@ForAll long seed)
      throws MalformedMessageException {
    Fixture fixture =
        new Fixture(BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 3, T), seed);
    GaloisKey galois = galois(fixture, 5);
    RelinearizationKey relinearization =
        RelinearizationKey.generate(fixture.parameters.rlwe(), fixture.secretKey, fixture.random);
    WireWriter out = new WireWriter(16);
    galois.writeTo(out);
    int galoisBytes = out.size();
    relinearization.writeTo(out);
    byte[] bytes = out.toByteArray();
    WireReader in = new WireReader(bytes);
    GaloisKey readGalois = GaloisKey.read(in, fixture.parameters.rlwe());
    RelinearizationKey read = RelinearizationKey.read(in, fixture.parameters.rlwe());
    in.end();
    Ciphertext ciphertext = fixture.encrypt(fixture.uniform());
    assertArrayEquals(
        fixture.decrypt(fixture.evaluator.apply(ciphertext, galois)),
        fixture.decrypt(fixture.evaluator.apply(ciphertext, readGalois)));
    assertArrayEquals(
        relinearization.key().apply(ciphertext.c1()).c0().row(1),
        read.key().apply(ciphertext.c1()).c0().row(1));

    BfvParameters other =
        BfvParameters.of(BfvParametersSpec.insecureToyWithSpecialPrime(64, 49, 3, T));
    assertThrows(
        MalformedMessageException.class, () -> GaloisKey.read(new WireReader(bytes), other.rlwe()));
    for (int length : new int[] {0, 3, 4, 5, 100, galoisBytes - 1}) {
      assertThrows(
          MalformedMessageException.class,
          () -> GaloisKey.read(new WireReader(bytes, 0, length), fixture.parameters.rlwe()));
    }
    byte[] even = bytes.clone();
    even[0] = 4;
    assertThrows(
        MalformedMessageException.class,
        () -> GaloisKey.read(new WireReader(even), fixture.parameters.rlwe()));
    byte[] form = bytes.clone();
    form[4] = 7;
    assertThrows(
        MalformedMessageException.class,
        () -> GaloisKey.read(new WireReader(form), fixture.parameters.rlwe()));
  }

  @Example
  void paperParameters_carryOneMultiplicationAndARotation() {
    Fixture fixture = new Fixture(BfvParametersSpec.paper(), 1);
    assertEquals(218, fixture.parameters.rlwe().keyRing().log2q(), 0.01);
    SlotEncoder encoder = new SlotEncoder(fixture.parameters);
    RelinearizationKey key =
        RelinearizationKey.generate(fixture.parameters.rlwe(), fixture.secretKey, fixture.random);
    long[] a = fixture.uniform();
    long[] b = fixture.uniform();
    Ciphertext product =
        BfvMultiplier.relinearise(
            new BfvMultiplier(fixture.parameters)
                .multiply(fixture.encrypt(encoder.encode(a)), fixture.encrypt(encoder.encode(b))),
            key);
    long[] rotated =
        encoder.decode(
            fixture.decrypt(
                fixture.evaluator.apply(product, galois(fixture, encoder.rotation(5)))));
    PlaintextModulus t = fixture.parameters.plaintextModulus();
    for (int i = 0; i < encoder.rowSize(); i++) {
      int from = (i + 5) % encoder.rowSize();
      assertEquals(t.multiply(a[from], b[from]), rotated[i]);
    }
  }

  @Example
  void sumsOfUnequalNumbersOfFactors_areRefused() {
    Fixture fixture = new Fixture(BfvParametersSpec.insecureToy(64, 50, 3, 1 << 10), 1);
    BfvMultiplier multiplier = new BfvMultiplier(fixture.parameters);
    List<ExtendedCiphertext> one = List.of(multiplier.extend(fixture.encrypt(fixture.uniform())));
    assertThrows(
        IllegalArgumentException.class, () -> multiplier.multiplySum(List.of(), List.of()));
    assertThrows(IllegalArgumentException.class, () -> multiplier.multiplySum(one, List.of()));
  }

  @Example
  void parametersWithoutSpecialPrimeOrSlots_areRefused() {
    Fixture fixture = new Fixture(BfvParametersSpec.insecureToy(64, 50, 3, 1 << 10), 1);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            RelinearizationKey.generate(
                fixture.parameters.rlwe(), fixture.secretKey, fixture.random));
    assertThrows(IllegalArgumentException.class, () -> new SlotEncoder(fixture.parameters));
  }
}
