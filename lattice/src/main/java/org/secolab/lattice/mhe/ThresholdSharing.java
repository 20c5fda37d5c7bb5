package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.ThresholdKeyShare;
import org.secolab.lattice.sample.UniformSampler;

/**
 * From an additive sharing of s among n parties to one that any τ of them can use (Mouchet,
 * Bertrand, Hubaux, An Efficient Threshold Access-Structure for RLWE-Based Multiparty Homomorphic
 * Encryption, J. Cryptology 2023, eprint 2022/780): party i draws a polynomial of degree τ − 1 over
 * R_qp with constant term s_i and sends its value at x_j to party j; sums of values are values of
 * the sum, whose constant term is s.
 */
public final class ThresholdSharing implements Round<PolynomialBatch, ThresholdKeyShare> {
  private final RlweParameters parameters;
  private final int threshold;
  private final int ownPoint;
  private final RnsPolynomial ownValue;
  private final Outbox<PolynomialBatch> outbox;
  private final Set<PartyId> senders;

  private ThresholdSharing(
      RlweParameters parameters,
      int threshold,
      int ownPoint,
      RnsPolynomial ownValue,
      Outbox<PolynomialBatch> outbox) {
    this.parameters = parameters;
    this.threshold = threshold;
    this.ownPoint = ownPoint;
    this.ownValue = ownValue;
    this.outbox = outbox;
    senders = Set.copyOf(outbox.messages().keySet());
  }

  /**
   * A key holder's side.
   *
   * @param secretKey this party's additive share s_i
   * @param threshold τ, how many parties are to be enough
   * @param points the public point x_j of each key holder: not zero, no two alike
   * @param self this party, one of the key holders
   */
  public static ThresholdSharing begin(
      RlweParameters parameters,
      SecretKey secretKey,
      int threshold,
      SequencedMap<PartyId, Integer> points,
      PartyId self,
      RandomSource random) {
    Set<PartyId> others = KeyHolders.others(self, points.keySet());
    points.values().forEach(point -> ThresholdKeyShare.expectPoint(parameters, point));
    if (new HashSet<>(points.values()).size() != points.size()) {
      throw new IllegalArgumentException("expected distinct points, got " + points.values());
    }
    if (threshold < 1 || threshold > points.size()) {
      throw new IllegalArgumentException(
          "expected a threshold from 1 to " + points.size() + ", got " + threshold);
    }
    List<RnsPolynomial> coefficients = new ArrayList<>();
    coefficients.add(secretKey.evaluatedInKeyRing());
    for (int i = 1; i < threshold; i++) {
      coefficients.add(UniformSampler.polynomial(parameters.keyRing(), Domain.EVALUATION, random));
    }
    SequencedMap<PartyId, PolynomialBatch> messages = new LinkedHashMap<>();
    for (Map.Entry<PartyId, Integer> entry : points.entrySet()) {
      if (others.contains(entry.getKey())) {
        messages.put(
            entry.getKey(), new PolynomialBatch(List.of(evaluate(coefficients, entry.getValue()))));
      }
    }
    int ownPoint = Objects.requireNonNull(points.get(self));
    RnsPolynomial ownValue = evaluate(coefficients, ownPoint);
    coefficients.subList(1, threshold).forEach(RnsPolynomial::wipe);
    return new ThresholdSharing(parameters, threshold, ownPoint, ownValue, new Outbox<>(messages));
  }

  /** Σ coefficients[k]·point^k by Horner's rule. */
  private static RnsPolynomial evaluate(List<RnsPolynomial> coefficients, int point) {
    RnsPolynomial value = coefficients.getLast().copy();
    for (int k = coefficients.size() - 2; k >= 0; k--) {
      for (int i = 0; i < value.ring().size(); i++) {
        Modulus modulus = value.ring().modulus(i);
        long companion = modulus.shoup(point);
        long[] row = value.row(i);
        for (int j = 0; j < row.length; j++) {
          row[j] = modulus.multiplyShoup(row[j], point, companion);
        }
      }
      value.addInPlace(coefficients.get(k));
    }
    return value;
  }

  @Override
  public MessageType<PolynomialBatch> type() {
    return PolynomialBatch.type(0x010a, "threshold-share", "Setup 1", parameters.keyRing(), 1);
  }

  @Override
  public Outbox<PolynomialBatch> outbox() {
    return outbox;
  }

  @Override
  public Set<PartyId> senders() {
    return senders;
  }

  @Override
  public ThresholdKeyShare receive(Inbox<PolynomialBatch> inbox) {
    RnsPolynomial sum = ownValue.copy();
    for (PartyId sender : senders) {
      sum.addInPlace(inbox.from(sender).polynomials().getFirst());
    }
    return new ThresholdKeyShare(parameters, threshold, ownPoint, sum);
  }
}
