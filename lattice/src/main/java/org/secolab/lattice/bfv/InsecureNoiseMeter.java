package org.secolab.lattice.bfv;

import java.math.BigInteger;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.SecretKey;

/** Measures noise, for which it needs the whole secret key: for tests and experiments only. */
public final class InsecureNoiseMeter {
  /**
   * What was measured.
   *
   * @param deviationLog2 log2 of the root of the mean square over all coefficients
   * @param maximumLog2 log2 of the largest absolute value
   */
  public record Noise(double deviationLog2, double maximumLog2) {}

  private final BfvParameters parameters;
  private final BfvDecryptor decryptor;

  /** Measures ciphertexts under {@code secretKey}, which stays the caller's to close. */
  public InsecureNoiseMeter(BfvParameters parameters, SecretKey secretKey) {
    this.parameters = parameters;
    decryptor = new BfvDecryptor(parameters, secretKey);
  }

  /** The noise of an encryption of {@code message}, N residues modulo t. */
  public Noise measure(Ciphertext ciphertext, long[] message) {
    return measure(decryptor.phase(ciphertext), message);
  }

  /** The noise of a product before relinearisation. */
  public Noise measure(QuadraticCiphertext product, long[] message) {
    return measure(decryptor.phase(product), message);
  }

  private Noise measure(RnsPolynomial phase, long[] message) {
    RnsPolynomial noise =
        phase
            .transformTo(Domain.COEFFICIENT)
            .subtractInPlace(parameters.encoder().message(message));
    BigInteger q = parameters.ring().q();
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < parameters.degree(); i++) {
      BigInteger residue = noise.coefficient(i);
      double value = residue.min(q.subtract(residue)).doubleValue();
      squares += value * value;
      largest = Math.max(largest, value);
    }
    return new Noise(
        Math.log(squares / parameters.degree()) / Math.log(4), Math.log(largest) / Math.log(2));
  }
}
