package org.secolab.lattice.rlwe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.LastPrimeDivision;
import org.secolab.lattice.ring.ProductSum;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
import org.secolab.lattice.sample.CentredBinomialSampler;

/**
 * Gadget encryptions (b_k, a_k) of a key s' under a key s: b_k + a_k·s = w_k·s' + e_k in R_qp. It
 * turns c·s' into a pair (d_0, d_1) with d_0 + d_1·s ≈ c·s'. Immutable by contract.
 */
public final class KeySwitchingKey {
  private static final int EXPLICIT = 0;
  private static final int SEEDED = 1;

  private final RlweParameters parameters;
  private final List<RnsPolynomial> b;
  private final List<RnsPolynomial> a;
  private final @Nullable UniformSeed seed;
  private final LastPrimeDivision division;

  private KeySwitchingKey(
      RlweParameters parameters,
      List<RnsPolynomial> b,
      List<RnsPolynomial> a,
      @Nullable UniformSeed seed) {
    int digits = new Gadget(parameters).size();
    if (b.size() != digits || a.size() != digits) {
      throw new IllegalArgumentException(
          "expected " + digits + " digits, got " + b.size() + " and " + a.size());
    }
    for (RnsPolynomial polynomial : List.of(b.getFirst(), a.getFirst())) {
      polynomial.expect(Domain.EVALUATION);
    }
    this.parameters = parameters;
    this.b = List.copyOf(b);
    this.a = List.copyOf(a);
    this.seed = seed;
    division = new LastPrimeDivision(parameters.keyRing());
  }

  /** The key with these polynomials of the key ring. */
  public static KeySwitchingKey of(
      RlweParameters parameters, List<RnsPolynomial> b, List<RnsPolynomial> a) {
    return new KeySwitchingKey(parameters, b, a, null);
  }

  /** The key whose a_k are expanded from a seed. */
  public static KeySwitchingKey of(
      RlweParameters parameters, List<RnsPolynomial> b, UniformSeed seed) {
    return new KeySwitchingKey(parameters, b, uniform(parameters, seed), seed);
  }

  /** The a_k of a seed: what all parties of a collective key start from. */
  public static List<RnsPolynomial> uniform(RlweParameters parameters, UniformSeed seed) {
    List<RnsPolynomial> a = new ArrayList<>();
    for (int k = 0; k < new Gadget(parameters).size(); k++) {
      a.add(seed.expand(parameters.keyRing(), k));
    }
    return a;
  }

  /**
   * −a_k·s + w_k·s' + e_k for all k: the b of a key, or one party's share of them.
   *
   * @param target s' in the key ring, in {@link Domain#EVALUATION}
   */
  public static List<RnsPolynomial> encrypt(
      RlweParameters parameters,
      List<RnsPolynomial> a,
      RnsPolynomial target,
      SecretKey secretKey,
      RandomSource random) {
    Gadget gadget = new Gadget(parameters);
    List<RnsPolynomial> b = new ArrayList<>();
    for (int k = 0; k < gadget.size(); k++) {
      RnsPolynomial masked = a.get(k).times(secretKey.evaluatedInKeyRing()).negateInPlace();
      b.add(CentredBinomialSampler.addTo(gadget.addMultiple(masked, k, target), random));
    }
    return b;
  }

  /** A fresh key from s' to s for the owner of both. */
  public static KeySwitchingKey generate(
      RlweParameters parameters, RnsPolynomial target, SecretKey secretKey, RandomSource random) {
    UniformSeed seed = UniformSeed.draw(random);
    List<RnsPolynomial> a = uniform(parameters, seed);
    return new KeySwitchingKey(
        parameters, encrypt(parameters, a, target, secretKey, random), a, seed);
  }

  /**
   * (d_0, d_1) with d_0 + d_1·s ≈ c·s', in {@link Domain#EVALUATION}.
   *
   * @param c in R_q, in {@link Domain#EVALUATION}
   */
  public Ciphertext apply(RnsPolynomial c) {
    try (Scratch scratch = Scratch.open()) {
      return applyToDigits(new Gadget(parameters).digits(c, scratch::polynomial));
    }
  }

  /** The same for a c that is given by its digits. */
  Ciphertext applyToDigits(List<RnsPolynomial> digits) {
    ProductSum d0 = new ProductSum(parameters.keyRing());
    ProductSum d1 = new ProductSum(parameters.keyRing());
    for (int k = 0; k < digits.size(); k++) {
      d0.add(digits.get(k), b.get(k));
      d1.add(digits.get(k), a.get(k));
    }
    try (Scratch scratch = Scratch.open()) {
      RnsPolynomial sum = scratch.polynomial(parameters.keyRing(), Domain.EVALUATION);
      RnsPolynomial quotient = division.apply(d0.sum(sum));
      return new Ciphertext(quotient, division.apply(d1.sum(sum)));
    }
  }

  /**
   * This key for ciphertexts modulo fewer primes: w_k does not depend on the other primes, so
   * digits and residues are left out.
   *
   * @param lower parameters with the first primes of these and the same special prime
   */
  public KeySwitchingKey restrictedTo(RlweParameters lower) {
    int digits = lower.ring().size();
    return new KeySwitchingKey(
        lower,
        b.subList(0, digits).stream().map(p -> p.restrictedTo(lower.keyRing())).toList(),
        a.subList(0, digits).stream().map(p -> p.restrictedTo(lower.keyRing())).toList(),
        null);
  }

  /** Appends the b_k, and the seed of the a_k, or where there is none, the a_k. */
  public void writeTo(WireWriter out) {
    out.u8(seed == null ? EXPLICIT : SEEDED);
    b.forEach(polynomial -> polynomial.writeTo(out));
    if (seed == null) {
      a.forEach(polynomial -> polynomial.writeTo(out));
    } else {
      seed.writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static KeySwitchingKey read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    int form = in.u8();
    if (form != EXPLICIT && form != SEEDED) {
      throw new MalformedMessageException("expected a key-switching key's form, got " + form);
    }
    List<RnsPolynomial> b = readAll(in, parameters);
    return form == SEEDED
        ? of(parameters, b, UniformSeed.read(in))
        : of(parameters, b, readAll(in, parameters));
  }

  private static List<RnsPolynomial> readAll(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    List<RnsPolynomial> polynomials = new ArrayList<>();
    for (int k = 0; k < new Gadget(parameters).size(); k++) {
      polynomials.add(RnsPolynomial.read(in, parameters.keyRing(), Domain.EVALUATION));
    }
    return polynomials;
  }

  @Override
  public String toString() {
    return "KeySwitchingKey of " + b.size() + " digits";
  }
}
