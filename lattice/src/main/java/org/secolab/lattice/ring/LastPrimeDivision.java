package org.secolab.lattice.ring;

/**
 * round(x/p) for the last prime p of a ring, as an element of the ring without it: (x − r)/p, where
 * r is the representative of x mod p of least absolute value. Modulus switching, and the end of
 * every key switch.
 */
public final class LastPrimeDivision {
  private final Ring from;
  private final Ring to;
  private final long[] inverses; // p^−1 modulo each remaining prime

  /** Takes elements of {@code from} to the ring without its last prime. */
  public LastPrimeDivision(Ring from) {
    if (from.size() < 2) {
      throw new IllegalArgumentException("expected at least two primes, got " + from);
    }
    this.from = from;
    to = new Ring(from.degree(), from.primes().subList(0, from.size() - 1));
    inverses = new long[to.size()];
    for (int i = 0; i < to.size(); i++) {
      inverses[i] = to.modulus(i).inverse(to.modulus(i).reduce(from.primes().getLast()));
    }
  }

  /** The ring without the last prime. */
  public Ring target() {
    return to;
  }

  /** round(x/p), in the domain of {@code x}; a new element. */
  public RnsPolynomial apply(RnsPolynomial x) {
    if (!x.ring().equals(from)) {
      throw new IllegalArgumentException("expected an element of " + from + ", got " + x.ring());
    }
    RnsPolynomial result = RnsPolynomial.zero(to, x.domain());
    int last = from.size() - 1;
    long p = from.primes().get(last);
    try (Scratch scratch = Scratch.open()) {
      long[] remainder = scratch.row(from.degree());
      System.arraycopy(x.row(last), 0, remainder, 0, remainder.length);
      if (x.domain() == Domain.EVALUATION) {
        from.field(last).transform().inverse(remainder);
      }
      for (int j = 0; j < remainder.length; j++) {
        long above = (p / 2 - remainder[j]) >> 63; // all ones where the remainder is above p/2
        remainder[j] -= p & above;
      }
      for (int i = 0; i < last; i++) {
        long[] row = result.row(i);
        RowArithmetic arithmetic = to.field(i).arithmetic();
        arithmetic.reduceSigned(remainder, row);
        if (x.domain() == Domain.EVALUATION) {
          to.field(i).transform().forward(row);
        }
        arithmetic.multiplyDifference(x.row(i), row, inverses[i], row);
      }
    }
    return result;
  }
}
