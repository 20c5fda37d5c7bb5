package org.secolab.protocol.linear;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.SecretKey;

/** Measures the noise of what was sent, for somebody who knows all keys. */
public final class Floods {
  private Floods() {}

  /** b: a rounded coefficient counts in units of q/2^b. */
  private static int sentBits(BfvParameters parameters) {
    return parameters.plaintextModulus().bits() + RoundedPolynomial.GUARD_BITS;
  }

  /** Decryption shares of {@code c1} must be s·c_1 and a flood, in all bits that are sent. */
  public static void assertSharesAreFlooded(
      ParameterChoice choice,
      List<RoundedPolynomial> shares,
      List<RnsPolynomial> c1,
      SecretKey secretKey)
      throws MalformedMessageException {
    BfvParameters parameters = choice.parameters();
    List<RoundedPolynomial> floods = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      RnsPolynomial bare =
          c1.get(i).times(secretKey.evaluated()).negateInPlace().transformTo(Domain.COEFFICIENT);
      floods.add(
          shares.get(i).plus(RoundedPolynomial.of(parameters, bare, shares.get(i).positions())));
    }
    assertLikeAFlood(choice, floods, sentBits(parameters));
  }

  /**
   * Ciphertexts must have the noise of a flood, in the bits below the message; t must be a power of
   * two.
   */
  public static void assertResultsAreFlooded(
      ParameterChoice choice, SelectedCiphertexts results, SecretKey secretKey)
      throws MalformedMessageException {
    List<RoundedPolynomial> phases = new ArrayList<>();
    for (int i = 0; i < results.c0().size(); i++) {
      RoundedPolynomial c0 = results.c0().get(i);
      RnsPolynomial keyed =
          results.c1().get(i).times(secretKey.evaluated()).transformTo(Domain.COEFFICIENT);
      phases.add(c0.plus(RoundedPolynomial.of(choice.parameters(), keyed, c0.positions())));
    }
    assertLikeAFlood(choice, phases, RoundedPolynomial.GUARD_BITS);
  }

  /**
   * The low {@code bits} bits of all values lie as uniform ones up to the bound of the flood do:
   * none above it (but for roundings and what the flood hides), and the largest of them close.
   */
  private static void assertLikeAFlood(
      ParameterChoice choice, List<RoundedPolynomial> polynomials, int bits)
      throws MalformedMessageException {
    BfvParameters parameters = choice.parameters();
    long largest = 0;
    int count = 0;
    for (RoundedPolynomial polynomial : polynomials) {
      for (long value : values(parameters, polynomial)) {
        largest = Math.max(largest, Math.abs(value << (64 - bits) >> (64 - bits)));
        count++;
      }
    }
    double unitLog2 = parameters.ring().log2q() - sentBits(parameters);
    double bound = choice.flooding().bound().doubleValue() / Math.pow(2, unitLog2);
    assertTrue(bound > 8, "expected a ring in which floods show, this one's reach " + bound);
    // The largest of n is below half the bound with probability 2^−n.
    assertTrue(count >= 4, "expected some values, got " + count);
    assertTrue(
        largest > bound / 2 && largest <= bound + 3,
        "expected noise up to " + bound + " units, found up to " + largest);
  }

  private static long[] values(BfvParameters parameters, RoundedPolynomial polynomial)
      throws MalformedMessageException {
    WireWriter out = new WireWriter(64);
    polynomial.writeTo(out);
    byte[] bytes = out.toByteArray();
    int size = polynomial.positions().cardinality();
    int length = WireWriter.packedBytes(size, sentBits(parameters)); // behind a header
    return new WireReader(bytes, bytes.length - length, length).packed(size, sentBits(parameters));
  }
}
