package org.secolab.lattice.rlwe;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;

/**
 * One party's point on the sum of everybody's Shamir polynomials over R_qp: S(x_j) with S(0) = s.
 * Any τ such parties have additive shares of s among them.
 */
public final class ThresholdKeyShare implements Secret {
  private static final int FORMAT = 1;

  private final RlweParameters parameters;
  private final int threshold;
  private final int point;
  private final RnsPolynomial value;
  private final Map<Set<Integer>, SecretKey> derived = new ConcurrentHashMap<>();
  private final ShareClaims claims;

  /**
   * The share S(point); takes ownership of the value.
   *
   * @param threshold τ
   * @param point x_j, from 1 on
   * @param value in the key ring, in {@link Domain#EVALUATION}
   */
  public ThresholdKeyShare(
      RlweParameters parameters, int threshold, int point, RnsPolynomial value) {
    this(parameters, threshold, point, value, ShareClaims.none());
  }

  private ThresholdKeyShare(
      RlweParameters parameters,
      int threshold,
      int point,
      RnsPolynomial value,
      ShareClaims claims) {
    value.expect(Domain.EVALUATION);
    expectPoint(parameters, point);
    this.claims = claims;
    this.parameters = parameters;
    this.threshold = threshold;
    this.point = point;
    this.value = value;
  }

  /**
   * Refuses points at which a share would be the secret itself or that of another party.
   *
   * @throws IllegalArgumentException unless the point is from 1 to below every prime
   */
  public static void expectPoint(RlweParameters parameters, int point) {
    if (!isPoint(parameters, point)) {
      throw new IllegalArgumentException(
          "expected a point from 1 to below every prime, got " + point);
    }
  }

  private static boolean isPoint(RlweParameters parameters, int point) {
    return point >= 1 && parameters.keyRing().primes().stream().allMatch(prime -> point < prime);
  }

  /** x_j. */
  public int point() {
    return point;
  }

  /**
   * This party's additive share of s when exactly the parties at these points take part: S(x_j)
   * times Lagrange's coefficient Π x_k/(x_k − x_j). The same object for the same points.
   *
   * @param active at least τ points, this party's among them
   */
  public SecretKey additiveShare(Set<Integer> active) {
    active.forEach(other -> expectPoint(parameters, other));
    if (active.size() < threshold || !active.contains(point)) {
      throw new IllegalArgumentException(
          "expected at least " + threshold + " points with " + point + ", got " + active);
    }
    return derived.computeIfAbsent(Set.copyOf(active), this::derive);
  }

  private SecretKey derive(Set<Integer> active) {
    Ring ring = parameters.keyRing();
    RnsPolynomial share = value.copy();
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      long coefficient = 1;
      for (int other : active) {
        if (other != point) {
          long quotient =
              modulus.multiply(other, modulus.inverse(modulus.reduceSigned((long) other - point)));
          coefficient = modulus.multiply(coefficient, quotient);
        }
      }
      long companion = modulus.shoup(coefficient);
      long[] row = share.row(i);
      for (int j = 0; j < row.length; j++) {
        row[j] = modulus.multiplyShoup(row[j], coefficient, companion);
      }
    }
    return SecretKey.withClaims(parameters, share, claims);
  }

  /**
   * Appends format, τ, x_j, the share itself, in the clear, and the memory of shares made with it:
   * see {@link SecretKey#writeTo}.
   */
  public void writeTo(WireWriter out) {
    out.u8(FORMAT).i32(threshold).i32(point);
    value.writeTo(out);
    claims.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and numbers out of range. */
  public static ThresholdKeyShare read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    int format = in.u8();
    int threshold = in.i32();
    int point = in.i32();
    if (format != FORMAT || threshold < 1 || !isPoint(parameters, point)) {
      throw new MalformedMessageException(
          String.format(
              "expected threshold share format %d, a threshold from 1 on and a point from 1 to below"
                  + " every prime, got %d, %d, %d",
              FORMAT, format, threshold, point));
    }
    RnsPolynomial value = RnsPolynomial.read(in, parameters.keyRing(), Domain.EVALUATION);
    return new ThresholdKeyShare(parameters, threshold, point, value, ShareClaims.read(in));
  }

  @Override
  public void close() {
    value.wipe();
    derived.values().forEach(SecretKey::close);
  }

  @Override
  public String toString() {
    return "ThresholdKeyShare";
  }
}
