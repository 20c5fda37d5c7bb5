package org.secolab.protocol.secopaper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;

final class CiphertextStoreTest {
  private static final int DEGREE = 64;
  private static final int PRIMES = 3;
  private static final long HEAP_BYTES_OF_ONE = 2L * PRIMES * DEGREE * Long.BYTES;

  private final BfvParameters parameters =
      BfvParameters.of(BfvParametersSpec.insecureToy(DEGREE, 40, PRIMES, 1 << 10));
  private final SeededRandom random = SeededRandom.ofInsecureNumber(5);

  private List<Ciphertext> ciphertexts(int count) {
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random);
    BfvEncryptor encryptor =
        new BfvEncryptor(parameters, PublicKey.generate(parameters.rlwe(), secretKey, random));
    List<Ciphertext> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] message = new long[DEGREE];
      message[i] = i;
      made.add(encryptor.encrypt(message, random));
    }
    return made;
  }

  private static byte[] bytes(Ciphertext ciphertext) {
    WireWriter out = new WireWriter(0);
    ciphertext.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void ciphertexts_comeBackInAnyOrderAndAnyNumberOfTimes() {
    List<Ciphertext> made = ciphertexts(7);
    try (CiphertextStore store = new CiphertextStore(parameters.rlwe(), 2 * HEAP_BYTES_OF_ONE)) {
      List<CiphertextStore.Stored> stored = made.stream().map(store::put).toList();
      for (int time = 0; time < 2; time++) {
        for (int i = made.size() - 1; i >= 0; i--) {
          assertArrayEquals(bytes(made.get(i)), bytes(stored.get(i).read()), "ciphertext " + i);
        }
      }
    }
  }

  @Test
  void heap_holdsAsManyAsItHasRoomFor() {
    List<Ciphertext> made = ciphertexts(4);
    try (CiphertextStore store = new CiphertextStore(parameters.rlwe(), 2 * HEAP_BYTES_OF_ONE)) {
      List<CiphertextStore.Stored> stored = made.stream().map(store::put).toList();
      assertSame(made.get(1), stored.get(1).read());
      assertNotSame(made.get(2), stored.get(2).read());
      assertNotSame(made.get(3), stored.get(3).read());
    }
  }

  @Test
  void closedStore_hasNothingInItsFile() {
    CiphertextStore store = new CiphertextStore(parameters.rlwe(), 0);
    CiphertextStore.Stored stored = store.put(ciphertexts(1).getFirst());
    assertEquals(DEGREE, stored.read().ring().degree());
    store.close();
    assertThrows(UncheckedIOException.class, stored::read);
  }
}
