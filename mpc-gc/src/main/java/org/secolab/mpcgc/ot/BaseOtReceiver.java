package org.secolab.mpcgc.ot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.ConstantTime;
import org.secolab.mpcgc.label.Delta;

/**
 * The receiver of 128 random oblivious transfers: Masny and Rindal's construction over the raw
 * encapsulation keys of ML-KEM-512, one round each way.
 *
 * <p>For each transfer with choice b the receiver makes a key pair (pk, sk), draws r_{1−b} uniform
 * in the group of keys, and sends (r_0, r_1) with r_b = pk − H(r_{1−b}). The sender encapsulates
 * both to r_0 + H(r_1) and to r_1 + H(r_0); the receiver can open the b-th. The sender sees two
 * uniform elements, since an encapsulation key looks uniform (module learning with errors); the
 * other key is uniform up to the random oracle H, and nobody has a secret key for a uniform one.
 * Semi-honest; post-quantum like the lattice side. Using ML-KEM's keys as group elements is a
 * construction of this project on top of the standard, not part of it.
 */
public final class BaseOtReceiver {
  private static final int X509_PREFIX = 22;

  private final byte[] name;
  private final Delta choices;
  private final List<PrivateKey> secretKeys = new ArrayList<>();
  private final BaseOtMessage message;

  /**
   * Starts 128 transfers.
   *
   * @param name the same at both ends
   * @param choices its bits are the choices; closed with the result
   */
  public BaseOtReceiver(TransferName name, Delta choices, RandomSource random) {
    this.name = name.digest();
    this.choices = choices;
    List<byte[]> elements = new ArrayList<>();
    SecureRandom keyRandom = random.fork("keys").asSecureRandom();
    RandomSource elementRandom = random.fork("elements");
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM");
      generator.initialize(NamedParameterSpec.ML_KEM_512, keyRandom);
      for (int t = 0; t < SeedPairs.COUNT; t++) {
        KeyPair pair = generator.generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, X509_PREFIX, X509_PREFIX + KeyGroup.BYTES);
        byte[] other = KeyGroup.random(elementRandom);
        byte[] own = KeyGroup.subtract(key, KeyGroup.hash(this.name, t, other));
        long choice = ChosenSeeds.bit(choices, t);
        elements.add(KeyGroup.select(choice, other, own));
        elements.add(KeyGroup.select(choice, own, other));
        secretKeys.add(pair.getPrivate());
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("JDK 24 and later have ML-KEM-512", e);
    }
    message = new BaseOtMessage(elements);
  }

  /** What goes to the sender: two elements per transfer. */
  public BaseOtMessage message() {
    return message;
  }

  /**
   * Opens the chosen half of the sender's answer.
   *
   * @throws ProtocolAbortException if it cannot be opened
   */
  public ChosenSeeds open(PartyId sender, BaseOtMessage answer) throws ProtocolAbortException {
    long[] seeds = new long[2 * SeedPairs.COUNT];
    try {
      KEM kem = KEM.getInstance("ML-KEM");
      for (int t = 0; t < SeedPairs.COUNT; t++) {
        long choice = ChosenSeeds.bit(choices, t);
        byte[] first = answer.part(2 * t);
        byte[] second = answer.part(2 * t + 1);
        byte[] chosen = new byte[first.length];
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = (byte) ConstantTime.select(choice, second[i], first[i]);
        }
        SecretKey shared = kem.newDecapsulator(secretKeys.get(t)).decapsulate(chosen);
        putSeed(seeds, name, t, shared);
      }
    } catch (DecapsulateException e) {
      throw new ProtocolAbortException(sender, "base transfer: ciphertext cannot be opened", e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("JDK 24 and later have ML-KEM", e);
    } finally {
      secretKeys.forEach(BaseOtReceiver::destroy);
      secretKeys.clear();
    }
    return new ChosenSeeds(choices, seeds);
  }

  /** The string of transfer {@code t}: the first half of SHA-256(name, t, shared key). */
  static void putSeed(long[] seeds, byte[] name, int t, SecretKey shared) {
    MessageDigest sha = KeyGroup.sha256();
    sha.update(name);
    byte[] key = shared.getEncoded();
    sha.update(ByteBuffer.allocate(8).putInt(0x4f54).putInt(t).array());
    byte[] digest = sha.digest(key);
    ByteBuffer words = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN);
    seeds[2 * t] = words.getLong();
    seeds[2 * t + 1] = words.getLong();
    Arrays.fill(key, (byte) 0);
    Arrays.fill(digest, (byte) 0);
  }

  private static void destroy(PrivateKey key) {
    try {
      key.destroy();
    } catch (DestroyFailedException e) {
      // The JDK's ML-KEM keys may not support it; they are unreachable from here on.
    }
  }
}
