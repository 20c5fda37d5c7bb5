package org.secolab.protocol.deploy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names one deployment of one model: SHA-256 of a fresh salt and the whole model. The salt is
 * shared among all servers like the weights, so the name tells nobody whether a guess of the model
 * is right, and all servers together can check that what they join is the model.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ModelHash(String hex) {
  /** Bytes of the hash, and of the salt. */
  static final int BYTES = 32;

  public ModelHash {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits, got \"" + hex + "\"");
    }
  }

  static ModelHash of(byte[] salt, byte[] model) {
    MessageDigest digest = sha256();
    digest.update(salt);
    return of(digest.digest(model));
  }

  static ModelHash of(byte[] digest) {
    return new ModelHash(HexFormat.of().formatHex(digest));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
