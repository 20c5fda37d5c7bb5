package org.secolab.lattice.rlwe;

import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * The way back from products of two ciphertexts: a key from s² to s.
 *
 * @param key from s² to s
 */
public record RelinearizationKey(KeySwitchingKey key) {
  /** The key of one owner. */
  public static RelinearizationKey generate(
      RlweParameters parameters, SecretKey secretKey, RandomSource random) {
    return new RelinearizationKey(
        KeySwitchingKey.generate(
            parameters,
            secretKey.evaluatedInKeyRing().times(secretKey.evaluatedInKeyRing()),
            secretKey,
            random));
  }

  /** Appends the key. */
  public void writeTo(WireWriter out) {
    key.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; refuses another ring and residues out of range. */
  public static RelinearizationKey read(WireReader in, RlweParameters parameters)
      throws MalformedMessageException {
    return new RelinearizationKey(KeySwitchingKey.read(in, parameters));
  }
}
