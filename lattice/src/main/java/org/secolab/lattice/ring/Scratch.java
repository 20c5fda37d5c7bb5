package org.secolab.lattice.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays that one computation borrows from its thread, so that it allocates nothing but its result.
 * They hold zeros when they are lent, and again when {@link #close} takes them back: no secret
 * outlives the computation in them. What was lent must not be used after that, and must not be part
 * of a result.
 *
 * <pre>{@code
 * try (Scratch scratch = Scratch.open()) {
 *   RnsPolynomial mask = scratch.polynomial(ring, Domain.COEFFICIENT);
 *   …
 * }
 * }</pre>
 */
public final class Scratch implements AutoCloseable {
  /** Bytes in rows of one length that a thread keeps for its next computation. */
  private static final int KEPT_BYTES = 8 << 20;

  private static final ThreadLocal<Map<Integer, ArrayDeque<long[]>>> FREE =
      ThreadLocal.withInitial(HashMap::new);

  private final Map<Integer, ArrayDeque<long[]>> free;
  private final List<long[]> lent = new ArrayList<>();

  private Scratch(Map<Integer, ArrayDeque<long[]>> free) {
    this.free = free;
  }

  /** For one computation of this thread, which closes it. */
  public static Scratch open() {
    return new Scratch(FREE.get());
  }

  /** A row of zeros. */
  public long[] row(int length) {
    ArrayDeque<long[]> rows = free.get(length);
    long[] row = rows == null || rows.isEmpty() ? new long[length] : rows.removeLast();
    lent.add(row);
    return row;
  }

  /** So many rows of zeros. */
  public long[][] rows(int count, int length) {
    long[][] rows = new long[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = row(length);
    }
    return rows;
  }

  /** Zero. */
  public RnsPolynomial polynomial(Ring ring, Domain domain) {
    return RnsPolynomial.of(ring, domain, rows(ring.size(), ring.degree()));
  }

  /** A copy to work on. */
  public RnsPolynomial copy(RnsPolynomial x) {
    return polynomial(x.ring(), x.domain()).copyFrom(x);
  }

  @Override
  public void close() {
    for (long[] row : lent) {
      Arrays.fill(row, 0);
      ArrayDeque<long[]> rows = free.computeIfAbsent(row.length, length -> new ArrayDeque<>());
      if ((rows.size() + 1L) * Long.BYTES * row.length <= KEPT_BYTES) {
        rows.addLast(row);
      }
    }
    lent.clear();
  }
}
