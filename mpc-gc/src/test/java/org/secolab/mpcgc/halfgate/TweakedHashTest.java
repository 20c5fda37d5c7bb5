package org.secolab.mpcgc.halfgate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.halfgate.TweakedHash.Domain;

/** The hash by its definition: without the second "+ s(x) + τ" anybody could turn it around. */
class TweakedHashTest {
  @Test
  void hash_isThePermutationPlusItsInput_underTheKeyOfGateAndStretch() throws Exception {
    byte[] seed = {1, 2, 3};
    byte[] batch = {4, 5};
    int blocks = 8;
    TweakedHash hash =
        new TweakedHash(seed, batch, 1, new HalfGates(), FixedKeyPermutation.fastest());
    int second = TweakedHash.instancesPerKey(4);
    hash.key(Domain.ROWS, 77, second);
    long[] in = new long[2 * blocks];
    SeededRandom.ofInsecureNumber(5).fill(in);
    System.arraycopy(in, 0, hash.in, 0, in.length);
    hash.hash(blocks);

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(seed, "HmacSHA256"));
    Cipher keys = Cipher.getInstance("AES/ECB/NoPadding");
    keys.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(mac.doFinal(batch), 0, 16, "AES"));
    ByteBuffer name = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    byte[] key = keys.doFinal(name.putInt(1).putInt(77).putInt(1).array());
    Cipher permutation = Cipher.getInstance("AES/ECB/NoPadding");
    permutation.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
    ByteBuffer bytes = ByteBuffer.allocate(16 * blocks).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(in);
    long[] expected = new long[2 * blocks];
    ByteBuffer.wrap(permutation.doFinal(bytes.array()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(expected);
    for (int i = 0; i < expected.length; i++) {
      expected[i] ^= in[i];
    }
    assertArrayEquals(expected, Arrays.copyOf(hash.out, expected.length));
  }
}
