package org.secolab.mpcgc.halfgate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.label.Blocks;

/**
 * H(x; τ) = π_k(σ(x) + τ) + σ(x) + τ on 128-bit blocks, where σ(h ‖ l) = (h + l) ‖ h is a linear
 * orthomorphism, π_k a permutation under a public key k, and τ the tweak.
 *
 * <p>This is to be tweakable circular correlation robust for the differences Δ; with π_k ideal the
 * loss is about the number of calls under one k (Guo, Katz, Wang, Yu, IEEE S&amp;P 2020), hence a
 * new k for every domain, gate and {@link #instancesPerKey} instances: k = AES_b(domain, gate,
 * segment) with b = HMAC-SHA-256(seed; session, inference, layer, chunk). The tweak names instance,
 * side and owner, so that no (k, τ) ever repeats under one Δ. <b>The instance must be in it</b>: a
 * wire known in setup has labels 0 and Δ in every instance, and a pad H(Δ) used twice gives Δ away.
 */
public final class TweakedHash implements Secret {
  /** What a hash value is for; values of different domains come from different keys. */
  public enum Domain {
    /** Rows of garbled gates. */
    ROWS,
    /** Bits that hide the factors of a product of shared bits. */
    PRODUCTS
  }

  /** The most calls under one key, counting both labels of a wire. */
  public static final int CALLS_PER_KEY = 1 << 12;

  private final int garblers;
  private final int segment;
  private final Cipher keys;
  private final FixedKeyPermutation permutation;
  private final byte[] name = new byte[16];
  private final byte[] key = new byte[16];
  final long[] in;
  final long[] out;

  /**
   * The hash of one batch of garbled circuits.
   *
   * @param seed public, drawn after all Δ were fixed
   * @param batch session, inference, layer and chunk in bytes, unique under one Δ
   * @param garblers g
   */
  public TweakedHash(
      byte[] seed,
      byte[] batch,
      int garblers,
      GarblingScheme scheme,
      FixedKeyPermutation.Path path) {
    this.garblers = garblers;
    int calls = scheme.callsPerInstance(garblers);
    this.segment = instancesPerKey(calls);
    int blocks = calls * segment;
    in = new long[2 * blocks];
    out = new long[2 * blocks];
    permutation = new FixedKeyPermutation(path, blocks);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(seed, "HmacSHA256"));
      keys = Cipher.getInstance("AES/ECB/NoPadding");
      keys.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(mac.doFinal(batch), 0, 16, "AES"));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES and HMAC-SHA-256", e);
    }
  }

  /**
   * How many instances of one gate share a key: the largest power of two of at most {@link
   * #CALLS_PER_KEY} / calls.
   *
   * @param calls what a garbler calls per instance, both labels of both operands counted
   */
  public static int instancesPerKey(int calls) {
    return Math.max(1, Integer.highestOneBit(CALLS_PER_KEY / calls));
  }

  int garblers() {
    return garblers;
  }

  /** The end of the stretch that shares a key with {@code instance}, at most {@code limit}. */
  int segmentEnd(int instance, int limit) {
    return Math.min(limit, (instance / segment + 1) * segment);
  }

  /** Takes the key of {@code gate} for the instances around {@code instance}. */
  void key(Domain domain, int gate, int instance) {
    int code =
        switch (domain) {
          case ROWS -> 1;
          case PRODUCTS -> 2;
        };
    ByteBuffer.wrap(name)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(code)
        .putInt(gate)
        .putInt(instance / segment);
    try {
      keys.update(name, 0, 16, key, 0);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the output has room", e);
    }
    permutation.key(key);
  }

  /**
   * Puts σ(x + offset) + τ into the input from block {@code at} on, τ = (instance, {@code tweak}).
   *
   * @param x labels; empty: all zero
   * @param from the first label to take
   * @param instance the number of the first instance in the batch
   */
  void absorb(
      long[] x,
      int from,
      long offsetLow,
      long offsetHigh,
      int instance,
      int tweak,
      int at,
      int count) {
    Blocks.KERNELS.absorb(
        x, from, offsetLow, offsetHigh, instance, (long) tweak << 32, in, at, count);
  }

  /** Hashes the first {@code blocks} blocks of the input into the output. */
  void hash(int blocks) {
    permutation.apply(in, out, blocks);
    for (int i = 0; i < 2 * blocks; i++) {
      out[i] ^= in[i];
    }
  }

  /** Forgets the labels and pads that it worked on last. */
  @Override
  public void close() {
    Arrays.fill(in, 0);
    Arrays.fill(out, 0);
    permutation.close();
  }

  @Override
  public String toString() {
    return "TweakedHash";
  }
}
