package org.secolab.lattice.bfv;

import java.util.BitSet;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/**
 * The high bits of selected coefficients of a c_0 or a decryption share: round(2^b·x/q) mod 2^b
 * with b = log2 t + {@value #GUARD_BITS}. What is not needed is not sent: neither the low bits,
 * which hold noise, nor the coefficients that no value of the result stands in, which would be
 * cross terms of secrets.
 *
 * <p>Only for polynomials that were flooded, or that stay with their owner. Never for c_1, where
 * what rounding adds would be multiplied by the secret key.
 *
 * <p>Each of k summed roundings is off by at most half a unit, together k·2^−15 of a plaintext
 * unit, which {@link NoiseModel#allowedLog2} accounts for. Immutable by contract.
 */
public final class RoundedPolynomial {
  /** Bits kept below the unit of a plaintext. */
  public static final int GUARD_BITS = 14;

  private static final int FORMAT = 1;
  private static final int HEADER_BYTES = 10;

  private final Ring ring; // of what was rounded
  private final PlaintextModulus unit; // 2^b
  private final BitSet positions;
  private final long[] values;

  private RoundedPolynomial(Ring ring, PlaintextModulus unit, BitSet positions, long[] values) {
    this.ring = ring;
    this.unit = unit;
    this.positions = positions;
    this.values = values;
  }

  /**
   * The rounded coefficients of {@code polynomial} at {@code positions}.
   *
   * @param polynomial in {@link org.secolab.lattice.ring.Domain#COEFFICIENT}
   * @param positions below N
   */
  public static RoundedPolynomial of(
      BfvParameters parameters, RnsPolynomial polynomial, BitSet positions) {
    expectPositions(parameters, positions);
    long[] values = new long[positions.cardinality()];
    try (Scratch scratch = Scratch.open()) {
      long[] all = scratch.row(parameters.degree());
      parameters.shareRounding().apply(polynomial, all);
      int next = 0;
      for (int at = positions.nextSetBit(0); at >= 0; at = positions.nextSetBit(at + 1)) {
        values[next++] = all[at];
      }
    }
    return new RoundedPolynomial(
        parameters.ring(), parameters.shareModulus(), (BitSet) positions.clone(), values);
  }

  /** All of 0 to N − 1. */
  public static BitSet everywhere(BfvParameters parameters) {
    BitSet positions = new BitSet(parameters.degree());
    positions.set(0, parameters.degree());
    return positions;
  }

  private static void expectPositions(BfvParameters parameters, BitSet positions) {
    if (positions.length() > parameters.degree()) {
      throw new IllegalArgumentException(
          "expected positions below " + parameters.degree() + ", got " + (positions.length() - 1));
    }
  }

  /** Which coefficients it holds. */
  public BitSet positions() {
    return (BitSet) positions.clone();
  }

  /** The sum; both must hold the same coefficients. */
  public RoundedPolynomial plus(RoundedPolynomial other) {
    if (!positions.equals(other.positions)
        || !unit.equals(other.unit)
        || !ring.equals(other.ring)) {
      throw new IllegalArgumentException(
          "expected the same positions and precision, got others: "
              + positions.cardinality()
              + " and "
              + other.positions.cardinality()
              + " coefficients");
    }
    long[] sum = new long[values.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = unit.add(values[i], other.values[i]);
    }
    return new RoundedPolynomial(ring, unit, positions, sum);
  }

  /**
   * The message, if this is the sum of a c_0 and all its decryption shares: N residues modulo t,
   * zero outside {@link #positions}.
   */
  public long[] decode(BfvParameters parameters) {
    long t = parameters.plaintextModulus().value();
    int b = unit.bits();
    long half = 1L << (b - 1);
    long[] message = new long[parameters.degree()];
    int next = 0;
    for (int at = positions.nextSetBit(0); at >= 0; at = positions.nextSetBit(at + 1)) {
      // ⌊(t·v + 2^(b−1)) / 2^b⌋ mod t, in 128 bits.
      long value = values[next++];
      long product = t * value;
      long low = product + half;
      long carry = (product & ~low) >>> 63;
      long high = Math.multiplyHigh(t, value) + carry;
      long rounded = (high << (64 - b)) | (low >>> b);
      long wrapped = rounded - t;
      message[at] = wrapped + (t & (wrapped >> 63));
    }
    return message;
  }

  /** Appends format, b, ring, the number of values, and the values, packed at b bits each. */
  public void writeTo(WireWriter out) {
    out.u8(FORMAT).u8(unit.bits()).i32(ring.fingerprint()).i32(values.length);
    out.packed(values, 0, values.length, unit.bits());
  }

  /** The number of bytes that {@link #writeTo} appends for this many coefficients. */
  public static int wireBytes(BfvParameters parameters, int coefficients) {
    return HEADER_BYTES + WireWriter.packedBytes(coefficients, parameters.shareModulus().bits());
  }

  /**
   * Reads what {@link #writeTo} wrote for the same positions.
   *
   * @throws MalformedMessageException also for another ring, precision or number of values
   */
  public static RoundedPolynomial read(WireReader in, BfvParameters parameters, BitSet positions)
      throws MalformedMessageException {
    expectPositions(parameters, positions);
    PlaintextModulus unit = parameters.shareModulus();
    Ring ring = parameters.ring();
    int count = positions.cardinality();
    int format = in.u8();
    int bits = in.u8();
    int fingerprint = in.i32();
    int length = in.i32();
    if (format != FORMAT
        || bits != unit.bits()
        || fingerprint != ring.fingerprint()
        || length != count) {
      throw new MalformedMessageException(
          String.format(
              "expected rounded polynomial format %d, %d bits, ring %08x, %d values, got %d, %d,"
                  + " %08x, %d",
              FORMAT, unit.bits(), ring.fingerprint(), count, format, bits, fingerprint, length));
    }
    long[] values = in.packed(count, unit.bits());
    return new RoundedPolynomial(ring, unit, (BitSet) positions.clone(), values);
  }

  @Override
  public String toString() {
    return "RoundedPolynomial of " + values.length + " coefficients of " + unit.bits() + " bits";
  }
}
