package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;

/**
 * The high bits of the wanted coefficients of some polynomials: flooded decryption shares, or the
 * flooded c_0 of results that are to be decrypted together.
 *
 * @param polynomials one per ciphertext of a batch, in its order
 */
public record RoundedBatch(List<RoundedPolynomial> polynomials) implements Message {
  public RoundedBatch {
    polynomials = List.copyOf(polynomials);
  }

  /**
   * How they are read, given which coefficients of each are wanted; the rest is for the sending
   * protocol to say.
   */
  public static MessageType<RoundedBatch> type(
      int code, String name, String step, BfvParameters parameters, List<BitSet> positions) {
    return new MessageType<>(
        code,
        name,
        step,
        in -> {
          List<RoundedPolynomial> polynomials = new ArrayList<>();
          for (BitSet wanted : positions) {
            polynomials.add(RoundedPolynomial.read(in, parameters, wanted));
          }
          return new RoundedBatch(polynomials);
        });
  }

  /** Decryption shares. */
  static MessageType<RoundedBatch> shares(BfvParameters parameters, List<BitSet> positions) {
    return type(0x0102, "decryption-shares", "Setup 2", parameters, positions);
  }

  @Override
  public void writeTo(WireWriter out) {
    polynomials.forEach(polynomial -> polynomial.writeTo(out));
  }

  @Override
  public String shape() {
    return polynomials.size()
        + " polynomials, rounded, "
        + polynomials.stream().mapToInt(polynomial -> polynomial.positions().cardinality()).sum()
        + " coefficients";
  }
}
