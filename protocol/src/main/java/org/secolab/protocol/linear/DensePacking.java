package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A tensor as polynomials in its own order, N values each: tells nothing about the layer that will
 * read it but the tensor's size.
 *
 * @param size values in the tensor
 * @param degree N
 */
public record DensePacking(int size, int degree) {
  /** How many polynomials. */
  public int polynomials() {
    return Math.ceilDiv(size, degree);
  }

  /** The polynomials, the last one filled up with zeros. */
  public List<long[]> pack(long[] tensor) {
    List<long[]> packed = new ArrayList<>();
    for (int i = 0; i < polynomials(); i++) {
      long[] part = Arrays.copyOfRange(tensor, i * degree, Math.min(size, (i + 1) * degree));
      packed.add(Arrays.copyOf(part, degree));
    }
    return packed;
  }

  /** The tensor. */
  public long[] unpack(List<long[]> polynomials) {
    long[] tensor = new long[size];
    for (int i = 0; i < polynomials(); i++) {
      System.arraycopy(
          polynomials.get(i), 0, tensor, i * degree, Math.min(degree, size - i * degree));
    }
    return tensor;
  }

  /** The coefficients that hold values, polynomial by polynomial. */
  public List<BitSet> positions() {
    List<BitSet> positions = new ArrayList<>();
    for (int i = 0; i < polynomials(); i++) {
      BitSet used = new BitSet(degree);
      used.set(0, Math.min(degree, size - i * degree));
      positions.add(used);
    }
    return positions;
  }
}
