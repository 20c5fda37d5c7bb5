package org.secolab.lattice.ring;

import org.secolab.lattice.arith.Modulus;

/** Which implementation of transform and products runs on this machine, and why. */
public final class Transforms {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final int LEAST_VECTOR_BITS_X86 = 256; // AVX2, which comes with fused multiply-add

  private Transforms() {}

  /** The fastest implementation for this modulus and degree. */
  static NumberTheoreticTransform fastest(RootTable roots) {
    return vectorUnavailableBecause().isEmpty() && VectorTransform.fits(roots.modulus, roots.degree)
        ? new VectorTransform(roots)
        : new ScalarTransform(roots);
  }

  /** The fastest arithmetic on rows of {@code degree} residues. */
  static RowArithmetic fastestRows(Modulus modulus, int degree) {
    return vectorUnavailableBecause().isEmpty() && VectorTransform.fits(modulus, degree)
        ? new VectorRows(modulus)
        : new ScalarRows(modulus);
  }

  /** Whether vectors are used for all primes of a ring. */
  static boolean vectorised(Ring ring) {
    for (int i = 0; i < ring.size(); i++) {
      if (!(ring.field(i).arithmetic() instanceof VectorRows)) {
        return false;
      }
    }
    return true;
  }

  /** Whether vectors are used for primes below 2^50, in words for a report. */
  public static String explanation() {
    String reason = vectorUnavailableBecause();
    return reason.isEmpty()
        ? "vectors of " + VectorTransform.vectorBits() + " bits"
        : "scalar: " + reason;
  }

  /** Why the vector path cannot run; empty if it can. */
  static String vectorUnavailableBecause() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return "the JVM was started without --add-modules " + VECTOR_MODULE;
    }
    int bits = VectorTransform.vectorBits();
    boolean x86 =
        System.getProperty("os.arch", "").contains("64")
            && !System.getProperty("os.arch", "").startsWith("aarch");
    if (bits < 128 || (x86 && bits < LEAST_VECTOR_BITS_X86)) {
      return "this machine's vectors have " + bits + " bits only";
    }
    return "";
  }
}
