package org.secolab.lattice.ring;

import java.math.BigInteger;
import java.util.Arrays;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.Modulus;

/**
 * An element of a {@link Ring}: one row of N residues in [0, p) per prime p, all in one {@link
 * Domain}. Mutable, and owned by whoever made it; methods whose names end in {@code InPlace} change
 * it, {@link #transformTo} changes how it is kept, and nothing else does.
 */
public final class RnsPolynomial {
  private static final int FORMAT = 1;
  private static final int HEADER_BYTES = 6;

  private final Ring ring;
  private final long[][] rows;
  private Domain domain;

  private RnsPolynomial(Ring ring, Domain domain, long[][] rows) {
    this.ring = ring;
    this.domain = domain;
    this.rows = rows;
  }

  /** Zero. */
  public static RnsPolynomial zero(Ring ring, Domain domain) {
    return new RnsPolynomial(ring, domain, new long[ring.size()][ring.degree()]);
  }

  /**
   * The polynomial with the given signed coefficients of absolute value below 2^62.
   *
   * @param coefficients N of them; copied
   */
  public static RnsPolynomial ofSigned(Ring ring, long[] coefficients) {
    return zero(ring, Domain.COEFFICIENT).setSigned(coefficients);
  }

  /** The element with these rows, which it takes over. */
  static RnsPolynomial of(Ring ring, Domain domain, long[][] rows) {
    return new RnsPolynomial(ring, domain, rows);
  }

  /**
   * Makes this the polynomial with the given signed coefficients of absolute value below 2^62, in
   * {@link Domain#COEFFICIENT}, and returns it.
   *
   * @param coefficients N of them; not kept
   */
  public RnsPolynomial setSigned(long[] coefficients) {
    if (coefficients.length != ring.degree()) {
      throw new IllegalArgumentException(
          "expected " + ring.degree() + " coefficients, got " + coefficients.length);
    }
    for (int i = 0; i < rows.length; i++) {
      ring.field(i).arithmetic().reduceSigned(coefficients, rows[i]);
    }
    domain = Domain.COEFFICIENT;
    return this;
  }

  /**
   * The same in {@link Domain#EVALUATION}, where the values modulo one prime are known already.
   *
   * @param coefficients N of them; not kept
   * @param known a row
   * @param values what it is to hold: the transform of the coefficients' residues; not kept
   */
  public RnsPolynomial setSignedEvaluated(long[] coefficients, int known, long[] values) {
    for (int i = 0; i < rows.length; i++) {
      if (i == known) {
        System.arraycopy(values, 0, rows[i], 0, values.length);
      } else {
        ring.field(i).arithmetic().reduceSigned(coefficients, rows[i]);
        ring.field(i).transform().forward(rows[i]);
      }
    }
    domain = Domain.EVALUATION;
    return this;
  }

  /** Makes this equal to another element of its ring, domain included, and returns it. */
  public RnsPolynomial copyFrom(RnsPolynomial other) {
    become(other.ring, other.domain);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(other.rows[i], 0, rows[i], 0, rows[i].length);
    }
    return this;
  }

  /** For methods that will overwrite all residues: checks the ring and declares the domain. */
  void become(Ring expected, Domain declared) {
    if (!ring.equals(expected)) {
      throw new IllegalArgumentException("expected an element of " + expected + ", got " + ring);
    }
    domain = declared;
  }

  /** Its size in words, for reports. */
  public String shape() {
    return "N = " + ring.degree() + ", " + ring.size() + " primes";
  }

  /** The ring it belongs to. */
  public Ring ring() {
    return ring;
  }

  /** How it is kept now. */
  public Domain domain() {
    return domain;
  }

  /** The residues modulo prime {@code index}: the array itself, not a copy. */
  public long[] row(int index) {
    return rows[index];
  }

  /** An independent copy. */
  public RnsPolynomial copy() {
    return new RnsPolynomial(
        ring, domain, Arrays.stream(rows).map(long[]::clone).toArray(long[][]::new));
  }

  /**
   * The rows that belong to the primes of {@code smaller}, which are all primes of this ring too:
   * this element modulo a divisor of q. Shares the rows.
   */
  public RnsPolynomial restrictedTo(Ring smaller) {
    if (smaller.equals(ring)) {
      return this;
    }
    long[][] kept = new long[smaller.size()][];
    for (int i = 0; i < kept.length; i++) {
      int at = ring.primes().indexOf(smaller.primes().get(i));
      if (at < 0 || smaller.degree() != ring.degree()) {
        throw new IllegalArgumentException("expected primes of " + ring + ", got " + smaller);
      }
      kept[i] = rows[at];
    }
    return new RnsPolynomial(smaller, domain, kept);
  }

  /** Brings this element into {@code target}, in place, and returns it. */
  public RnsPolynomial transformTo(Domain target) {
    if (domain != target) {
      for (int i = 0; i < rows.length; i++) {
        NumberTheoreticTransform transform = ring.field(i).transform();
        switch (target) {
          case EVALUATION -> transform.forward(rows[i]);
          case COEFFICIENT -> transform.inverse(rows[i]);
        }
      }
      domain = target;
    }
    return this;
  }

  /** this + other. */
  public RnsPolynomial plus(RnsPolynomial other) {
    return copy().addInPlace(other);
  }

  /** this − other. */
  public RnsPolynomial minus(RnsPolynomial other) {
    return copy().subtractInPlace(other);
  }

  /** this · other; both must be in {@link Domain#EVALUATION}. */
  public RnsPolynomial times(RnsPolynomial other) {
    return copy().multiplyInPlace(other);
  }

  /** Adds {@code other}, which must be in the same domain, and returns this. */
  public RnsPolynomial addInPlace(RnsPolynomial other) {
    expectAlike(other);
    for (int i = 0; i < rows.length; i++) {
      Modulus modulus = ring.modulus(i);
      long[] row = rows[i];
      long[] summand = other.rows[i];
      for (int j = 0; j < row.length; j++) {
        row[j] = modulus.add(row[j], summand[j]);
      }
    }
    return this;
  }

  /** Subtracts {@code other}, which must be in the same domain, and returns this. */
  public RnsPolynomial subtractInPlace(RnsPolynomial other) {
    expectAlike(other);
    for (int i = 0; i < rows.length; i++) {
      Modulus modulus = ring.modulus(i);
      long[] row = rows[i];
      long[] subtrahend = other.rows[i];
      for (int j = 0; j < row.length; j++) {
        row[j] = modulus.subtract(row[j], subtrahend[j]);
      }
    }
    return this;
  }

  /** Changes the sign and returns this. */
  public RnsPolynomial negateInPlace() {
    for (int i = 0; i < rows.length; i++) {
      Modulus modulus = ring.modulus(i);
      long[] row = rows[i];
      for (int j = 0; j < row.length; j++) {
        row[j] = modulus.negate(row[j]);
      }
    }
    return this;
  }

  /** Multiplies by {@code other}, both in {@link Domain#EVALUATION}, and returns this. */
  public RnsPolynomial multiplyInPlace(RnsPolynomial other) {
    expectAlike(other);
    expect(Domain.EVALUATION);
    for (int i = 0; i < rows.length; i++) {
      ring.field(i).arithmetic().sum(new long[][] {rows[i]}, new long[][] {other.rows[i]}, rows[i]);
    }
    return this;
  }

  /** Adds a · b, all in {@link Domain#EVALUATION}, and returns this. */
  public RnsPolynomial addProductInPlace(RnsPolynomial a, RnsPolynomial b) {
    expect(Domain.EVALUATION);
    expectAlike(a);
    expectAlike(b);
    for (int i = 0; i < rows.length; i++) {
      ring.field(i).arithmetic().addProduct(a.rows[i], b.rows[i], rows[i]);
    }
    return this;
  }

  /** Multiplies row i by factors[i], a residue modulo its prime, and returns this. */
  public RnsPolynomial scaleInPlace(long[] factors) {
    for (int i = 0; i < rows.length; i++) {
      ring.field(i).arithmetic().multiply(rows[i], factors[i], rows[i]);
    }
    return this;
  }

  /** Subtracts {@code other}, then multiplies row i by factors[i], and returns this. */
  public RnsPolynomial subtractAndScaleInPlace(RnsPolynomial other, long[] factors) {
    expectAlike(other);
    for (int i = 0; i < rows.length; i++) {
      ring.field(i).arithmetic().multiplyDifference(rows[i], other.rows[i], factors[i], rows[i]);
    }
    return this;
  }

  /** Refuses to go on in another domain. */
  public void expect(Domain expected) {
    if (domain != expected) {
      throw new IllegalArgumentException(
          "expected a polynomial in the domain " + expected + ", got " + domain);
    }
  }

  private void expectAlike(RnsPolynomial other) {
    if (!ring.equals(other.ring)) {
      throw new IllegalArgumentException("expected an element of " + ring + ", got " + other.ring);
    }
    other.expect(domain);
  }

  /** Overwrites all residues with zeros: what owners of secret elements do at the end. */
  public void wipe() {
    for (long[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Coefficient {@code index} as an integer in [0, q); for tests and explanations. */
  public BigInteger coefficient(int index) {
    expect(Domain.COEFFICIENT);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < rows.length; i++) {
      sum = sum.add(BigInteger.valueOf(rows[i][index]).multiply(ring.unit(i)));
    }
    return sum.mod(ring.q());
  }

  /** Appends format, domain, ring and the residues, each row packed at its prime's bit length. */
  public void writeTo(WireWriter out) {
    out.u8(FORMAT).u8(domain.code()).i32(ring.fingerprint());
    for (int i = 0; i < rows.length; i++) {
      out.packed(rows[i], 0, rows[i].length, ring.modulus(i).bits());
    }
  }

  /** The number of bytes that {@link #writeTo} appends for an element of {@code ring}. */
  public static int wireBytes(Ring ring) {
    int bytes = HEADER_BYTES;
    for (int i = 0; i < ring.size(); i++) {
      bytes += WireWriter.packedBytes(ring.degree(), ring.modulus(i).bits());
    }
    return bytes;
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws MalformedMessageException also for another ring or domain, or a residue out of range
   */
  public static RnsPolynomial read(WireReader in, Ring ring, Domain domain)
      throws MalformedMessageException {
    int format = in.u8();
    int domainCode = in.u8();
    int fingerprint = in.i32();
    if (format != FORMAT || domainCode != domain.code() || fingerprint != ring.fingerprint()) {
      throw new MalformedMessageException(
          String.format(
              "expected polynomial format %d, domain %d, ring %08x, got %d, %d, %08x",
              FORMAT, domain.code(), ring.fingerprint(), format, domainCode, fingerprint));
    }
    long[][] rows = new long[ring.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = in.packed(ring.degree(), ring.modulus(i).bits());
      expectResidues(rows[i], ring.modulus(i).value());
    }
    return new RnsPolynomial(ring, domain, rows);
  }

  private static void expectResidues(long[] row, long prime) throws MalformedMessageException {
    for (long residue : row) {
      if (residue >= prime) {
        throw new MalformedMessageException("expected residues below " + prime + ", got a larger");
      }
    }
  }

  @Override
  public String toString() {
    return "RnsPolynomial in " + domain + " of " + ring;
  }
}
