package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.sample.UniformSampler;

/**
 * 32 public bytes that stand for uniform polynomials: half of every key and of every ciphertext
 * that its key's owner makes need not be sent.
 */
public final class UniformSeed {
  private final byte[] bytes;

  private UniformSeed(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A fresh seed; from a common reference string, the same one for everybody. */
  public static UniformSeed draw(RandomSource random) {
    return new UniformSeed(random.bytes(SeededRandom.SEED_BYTES));
  }

  /** Polynomial {@code index} of this seed, in {@link Domain#EVALUATION}. */
  public RnsPolynomial expand(Ring ring, int index) {
    return UniformSampler.polynomial(
        ring, Domain.EVALUATION, new SeededRandom(bytes).fork("polynomial " + index));
  }

  /** Appends the 32 bytes. */
  public void writeTo(WireWriter out) {
    out.bytes(bytes);
  }

  /** Reads 32 bytes. */
  public static UniformSeed read(WireReader in) throws MalformedMessageException {
    return new UniformSeed(in.bytes(SeededRandom.SEED_BYTES));
  }

  @Override
  public String toString() {
    return "UniformSeed";
  }
}
