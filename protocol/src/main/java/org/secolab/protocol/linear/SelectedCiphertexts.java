package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;

/**
 * Ciphertexts for somebody who is to decrypt selected coefficients: c_1 whole, c_0 only there and
 * without its low bits.
 *
 * @param c0 one for each ciphertext
 * @param c1 one for each ciphertext, in {@link Domain#EVALUATION}
 */
public record SelectedCiphertexts(List<RoundedPolynomial> c0, List<RnsPolynomial> c1)
    implements Message {
  public SelectedCiphertexts {
    c0 = List.copyOf(c0);
    c1 = List.copyOf(c1);
    if (c0.size() != c1.size()) {
      throw new IllegalArgumentException(
          "expected as many c_0 as c_1, got " + c0.size() + " and " + c1.size());
    }
    c1.forEach(polynomial -> polynomial.expect(Domain.EVALUATION));
  }

  /** Selects {@code positions} of each ciphertext. */
  public static SelectedCiphertexts of(
      BfvParameters parameters, List<Ciphertext> ciphertexts, List<BitSet> positions) {
    List<RoundedPolynomial> c0 = new ArrayList<>();
    List<RnsPolynomial> c1 = new ArrayList<>();
    for (int i = 0; i < ciphertexts.size(); i++) {
      Ciphertext ciphertext = ciphertexts.get(i);
      RnsPolynomial first = ciphertext.c0().copy().transformTo(Domain.COEFFICIENT);
      c0.add(RoundedPolynomial.of(parameters, first, positions.get(i)));
      c1.add(ciphertext.c1().copy().transformTo(Domain.EVALUATION));
    }
    return new SelectedCiphertexts(c0, c1);
  }

  /** The sum of several batches over the same positions. */
  public static SelectedCiphertexts sum(List<SelectedCiphertexts> batches) {
    List<RoundedPolynomial> c0 = new ArrayList<>(batches.getFirst().c0);
    for (SelectedCiphertexts batch : batches.subList(1, batches.size())) {
      for (int i = 0; i < c0.size(); i++) {
        c0.set(i, c0.get(i).plus(batch.c0.get(i)));
      }
    }
    return new SelectedCiphertexts(
        c0, sumOfPolynomials(batches.stream().map(SelectedCiphertexts::c1).toList()));
  }

  /** The sum of several batches of polynomials, place by place. */
  public static List<RnsPolynomial> sumOfPolynomials(List<List<RnsPolynomial>> batches) {
    List<RnsPolynomial> sums = new ArrayList<>();
    for (int i = 0; i < batches.getFirst().size(); i++) {
      RnsPolynomial sum = batches.getFirst().get(i).copy();
      for (List<RnsPolynomial> batch : batches.subList(1, batches.size())) {
        sum.addInPlace(batch.get(i));
      }
      sums.add(sum);
    }
    return sums;
  }

  @Override
  public void writeTo(WireWriter out) {
    for (int i = 0; i < c0.size(); i++) {
      c0.get(i).writeTo(out);
      c1.get(i).writeTo(out);
    }
  }

  @Override
  public String shape() {
    return c1.size()
        + " ciphertexts, "
        + c1.getFirst().shape()
        + ", c_0 rounded, "
        + c0.stream().mapToInt(polynomial -> polynomial.positions().cardinality()).sum()
        + " coefficients";
  }

  /** A message type for one ciphertext for each element of {@code positions}. */
  public static MessageType<SelectedCiphertexts> type(
      int code, String name, String step, List<BitSet> positions, BfvParameters parameters) {
    return new MessageType<>(
        code,
        name,
        step,
        in -> {
          List<RoundedPolynomial> c0 = new ArrayList<>();
          List<RnsPolynomial> c1 = new ArrayList<>();
          for (BitSet wanted : positions) {
            c0.add(RoundedPolynomial.read(in, parameters, wanted));
            c1.add(RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION));
          }
          return new SelectedCiphertexts(c0, c1);
        });
  }
}
