package org.secolab.lattice.ring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.secolab.lattice.arith.Modulus;

/** One prime of a ring, with the transform of the ring's degree. Immutable and shared. */
public final class PrimeField {
  private record Key(long prime, int degree) {}

  private static final Map<Key, PrimeField> SHARED = new ConcurrentHashMap<>();

  private final Modulus modulus;
  private final NumberTheoreticTransform transform;
  private final RowArithmetic arithmetic;

  private PrimeField(Key key) {
    modulus = new Modulus(key.prime);
    RootTable roots = new RootTable(modulus, key.degree);
    transform = Transforms.fastest(roots);
    arithmetic = Transforms.fastestRows(modulus, key.degree);
  }

  /**
   * The field of {@code prime} elements with the transform of {@code degree} points. Its tables,
   * which take up to 96·degree bytes, are made once.
   *
   * @throws IllegalArgumentException unless the prime is ≡ 1 mod 2·degree and below 2^61
   */
  public static PrimeField of(long prime, int degree) {
    return SHARED.computeIfAbsent(new Key(prime, degree), PrimeField::new);
  }

  /** The prime, with its arithmetic. */
  public Modulus modulus() {
    return modulus;
  }

  /** The transform modulo this prime. */
  public NumberTheoreticTransform transform() {
    return transform;
  }

  /** Arithmetic on rows of residues. */
  RowArithmetic arithmetic() {
    return arithmetic;
  }

  /** The same for a {@link RowArithmetic#weightedSum} of integers of so many bits. */
  RowArithmetic arithmeticFor(int bits) {
    return bits <= arithmetic.maxBits() ? arithmetic : new ScalarRows(modulus);
  }
}
