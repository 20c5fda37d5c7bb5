package org.secolab.lattice.bfv;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;

/**
 * A ciphertext made by the owner of its key: c_1 is expanded from a seed of 32 bytes, c_0 = −(c_1·s
 * + e) + round(q·m/t). Half as large as another one, and with the least noise there is. Immutable
 * by contract.
 */
public final class SeededCiphertext {
  private final RnsPolynomial c0;
  private final UniformSeed seed;

  private SeededCiphertext(RnsPolynomial c0, UniformSeed seed) {
    this.c0 = c0;
    this.seed = seed;
  }

  /**
   * A fresh encryption.
   *
   * @param coefficients N residues in [0, t)
   */
  public static SeededCiphertext encrypt(
      BfvParameters parameters, SecretKey secretKey, long[] coefficients, RandomSource random) {
    UniformSeed seed = UniformSeed.draw(random);
    RnsPolynomial c1 = seed.expand(parameters.ring(), 0);
    return new SeededCiphertext(
        parameters.encoder().addMessage(PublicKey.share(c1, secretKey, random), coefficients),
        seed);
  }

  /** The ciphertext itself. */
  public Ciphertext expand() {
    return new Ciphertext(c0, seed.expand(c0.ring(), 0));
  }

  /** Appends the seed and c_0. */
  public void writeTo(WireWriter out) {
    seed.writeTo(out);
    c0.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static SeededCiphertext read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    UniformSeed seed = UniformSeed.read(in);
    return new SeededCiphertext(RnsPolynomial.read(in, parameters.ring(), Domain.EVALUATION), seed);
  }

  @Override
  public String toString() {
    return "SeededCiphertext over " + c0.ring();
  }
}
