package org.secolab.mpcgc.ot;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KEM;
import org.secolab.foundation.random.RandomSource;

/** The sender of 128 random oblivious transfers; the construction is {@link BaseOtReceiver}'s. */
public final class BaseOtSender {
  // What precedes the 800 bytes of an ML-KEM-512 key in X.509: SEQUENCE { SEQUENCE { OID
  // 2.16.840.1.101.3.4.4.1 } BIT STRING }.
  private static final byte[] X509_PREFIX = {
    0x30,
    (byte) 0x82,
    0x03,
    0x32,
    0x30,
    0x0b,
    0x06,
    0x09,
    0x60,
    (byte) 0x86,
    0x48,
    0x01,
    0x65,
    0x03,
    0x04,
    0x04,
    0x01,
    0x03,
    (byte) 0x82,
    0x03,
    0x21,
    0x00
  };

  private final SeedPairs seeds;
  private final BaseOtMessage message;

  /** Answers the receiver's {@code elements}; {@code transfers} is the same at both ends. */
  public BaseOtSender(TransferName transfers, BaseOtMessage elements, RandomSource random) {
    byte[] name = transfers.digest();
    long[][] seeds = new long[2][2 * SeedPairs.COUNT];
    List<byte[]> ciphertexts = new ArrayList<>();
    SecureRandom secureRandom = random.asSecureRandom();
    try {
      KEM kem = KEM.getInstance("ML-KEM");
      KeyFactory keys = KeyFactory.getInstance("ML-KEM");
      for (int t = 0; t < SeedPairs.COUNT; t++) {
        for (int choice = 0; choice < 2; choice++) {
          byte[] own = elements.part(2 * t + choice);
          byte[] other = elements.part(2 * t + 1 - choice);
          byte[] key = KeyGroup.add(own, KeyGroup.hash(name, t, other));
          byte[] encoded = new byte[X509_PREFIX.length + key.length];
          System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
          System.arraycopy(key, 0, encoded, X509_PREFIX.length, key.length);
          PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(encoded));
          KEM.Encapsulated sealed =
              kem.newEncapsulator(publicKey, null, secureRandom).encapsulate();
          ciphertexts.add(sealed.encapsulation());
          BaseOtReceiver.putSeed(seeds[choice], name, t, sealed.key());
        }
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a sum of two elements is an encapsulation key", e);
    }
    this.seeds = new SeedPairs(seeds[0], seeds[1]);
    this.message = new BaseOtMessage(ciphertexts);
  }

  /** What goes to the receiver: two ciphertexts per transfer. */
  public BaseOtMessage message() {
    return message;
  }

  /** Both strings of each transfer. */
  public SeedPairs seeds() {
    return seeds;
  }
}
