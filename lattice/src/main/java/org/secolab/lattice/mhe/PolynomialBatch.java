package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.RlweParameters;

/**
 * Some ring elements in {@link Domain#EVALUATION}, such as the c_1 of results that are to be
 * decrypted together.
 *
 * @param polynomials as many as the receiver expects
 */
public record PolynomialBatch(List<RnsPolynomial> polynomials) implements Message {
  public PolynomialBatch {
    polynomials = List.copyOf(polynomials);
    polynomials.forEach(polynomial -> polynomial.expect(Domain.EVALUATION));
  }

  /** How exactly {@code count} of them are read; the rest is for the sending protocol to say. */
  public static MessageType<PolynomialBatch> type(
      int code, String name, String step, RlweParameters parameters, int count) {
    return type(code, name, step, parameters.ring(), count);
  }

  /** The same in any ring. */
  static MessageType<PolynomialBatch> type(
      int code, String name, String step, Ring ring, int count) {
    return new MessageType<>(
        code,
        name,
        step,
        in -> {
          List<RnsPolynomial> polynomials = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            polynomials.add(RnsPolynomial.read(in, ring, Domain.EVALUATION));
          }
          return new PolynomialBatch(polynomials);
        });
  }

  @Override
  public void writeTo(WireWriter out) {
    polynomials.forEach(polynomial -> polynomial.writeTo(out));
  }

  @Override
  public String shape() {
    return polynomials.size() + " polynomials, " + polynomials.getFirst().shape();
  }
}
