package org.secolab.lattice.bfv;

import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.ring.Automorphism;
import org.secolab.lattice.ring.NumberTheoreticTransform;
import org.secolab.lattice.ring.PrimeField;

/**
 * Vectors of N values modulo a prime t ≡ 1 mod 2N, added and multiplied slot by slot. The message
 * polynomial takes the values at the 2N-th primitive roots of unity ζ^e modulo t.
 *
 * <p>Slots form two rows of N/2: slot j of the first row belongs to e = 3^j, of the second to −3^j
 * mod 2N. The automorphism X ↦ X^(3^k) rotates both rows by k places to the left, X ↦ X^−1 swaps
 * them.
 */
public final class SlotEncoder {
  private static final int GENERATOR = 3;

  private final int degree;
  private final PlaintextModulus t;
  private final NumberTheoreticTransform transform;
  private final int[] places; // where the value of each slot stands among the evaluations

  /**
   * For the messages of {@code parameters}.
   *
   * @throws IllegalArgumentException unless t is a prime ≡ 1 mod 2N
   */
  public SlotEncoder(BfvParameters parameters) {
    degree = parameters.degree();
    t = parameters.plaintextModulus();
    transform = PrimeField.of(t.value(), degree).transform();
    places = new int[degree];
    long exponent = 1;
    for (int j = 0; j < degree / 2; j++) {
      places[j] = Automorphism.indexOf((int) exponent, degree);
      places[degree / 2 + j] = Automorphism.indexOf((int) (2L * degree - exponent), degree);
      exponent = exponent * GENERATOR % (2L * degree);
    }
  }

  /** The number of slots in each of the two rows. */
  public int rowSize() {
    return degree / 2;
  }

  /**
   * The coefficients of the polynomial with these values.
   *
   * @param slots N residues modulo t, the first row before the second
   */
  public long[] encode(long[] slots) {
    t.expectResidues(slots, degree);
    long[] coefficients = new long[degree];
    for (int i = 0; i < degree; i++) {
      coefficients[places[i]] = slots[i];
    }
    transform.inverse(coefficients);
    return coefficients;
  }

  /** The values of the polynomial with these coefficients. */
  public long[] decode(long[] coefficients) {
    t.expectResidues(coefficients, degree);
    long[] values = coefficients.clone();
    transform.forward(values);
    long[] slots = new long[degree];
    for (int i = 0; i < degree; i++) {
      slots[i] = values[places[i]];
    }
    return slots;
  }

  /**
   * The exponent g of the automorphism that rotates both rows to the left.
   *
   * @param places how far; negative to the right
   */
  public int rotation(int places) {
    int distance = Math.floorMod(places, degree / 2);
    long exponent = 1;
    for (int i = 0; i < distance; i++) {
      exponent = exponent * GENERATOR % (2L * degree);
    }
    return (int) exponent;
  }

  /** The exponent of the automorphism that swaps the two rows. */
  public int swap() {
    return 2 * degree - 1;
  }
}
