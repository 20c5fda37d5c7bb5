package org.secolab.lattice.bfv;

import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.scheme.Decryptor;

/** Decryption with the whole secret key. */
public final class BfvDecryptor implements Decryptor<Ciphertext> {
  private final BfvParameters parameters;
  private final SecretKey secretKey;

  /** Decrypts with {@code secretKey}, which stays the caller's to close. */
  public BfvDecryptor(BfvParameters parameters, SecretKey secretKey) {
    this.parameters = parameters;
    this.secretKey = secretKey;
  }

  @Override
  public long[] decrypt(Ciphertext ciphertext) {
    try (Scratch scratch = Scratch.open()) {
      return parameters.rounding().apply(phase(ciphertext, scratch.copy(ciphertext.c1())));
    }
  }

  /**
   * The message that a phase is nearest to.
   *
   * @param phase c_0 + c_1·s, in either domain, which may change
   */
  public static long[] round(BfvParameters parameters, RnsPolynomial phase) {
    return parameters.rounding().apply(phase.transformTo(Domain.COEFFICIENT));
  }

  /** The message of a product that is not relinearised: needs no key but s. */
  public long[] decrypt(QuadraticCiphertext product) {
    return parameters.rounding().apply(phase(product));
  }

  /** c_0 + c_1·s + c_2·s² in {@link Domain#COEFFICIENT}. */
  RnsPolynomial phase(QuadraticCiphertext product) {
    return product
        .c2()
        .times(secretKey.evaluated())
        .addInPlace(product.c1())
        .multiplyInPlace(secretKey.evaluated())
        .addInPlace(product.c0())
        .transformTo(Domain.COEFFICIENT);
  }

  /** c_0 + c_1·s in {@link Domain#COEFFICIENT}: the scaled message plus noise. */
  RnsPolynomial phase(Ciphertext ciphertext) {
    return phase(ciphertext, ciphertext.c1().copy());
  }

  /** The same in the place of a copy of c_1. */
  private RnsPolynomial phase(Ciphertext ciphertext, RnsPolynomial c1) {
    c1.transformTo(Domain.EVALUATION).multiplyInPlace(secretKey.evaluated());
    return c1.transformTo(ciphertext.c0().domain())
        .addInPlace(ciphertext.c0())
        .transformTo(Domain.COEFFICIENT);
  }
}
