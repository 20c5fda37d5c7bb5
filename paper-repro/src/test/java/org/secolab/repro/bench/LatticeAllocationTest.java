package org.secolab.repro.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.bfv.QuadraticCiphertext;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.mhe.CiphertextToShares;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.HoistedCiphertext;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;

/** Operations allocate their results, a few small objects, and no other polynomial. */
class LatticeAllocationTest {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** For lists, constants as vectors and the like; the smallest row of a polynomial has 64 KiB. */
  private static final long SMALL = 48 << 10;

  private static final long PATIENCE = 30_000_000_000L; // nanoseconds

  @SuppressWarnings("unused") // so that no result is optimised away
  private @Nullable Object sink;

  private final BfvParameters parameters = BfvParameters.of(BfvParametersSpec.paper());
  private final RandomSource random = SeededRandom.ofInsecureNumber(61);
  private final SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random);
  private final BfvEncryptor encryptor =
      new BfvEncryptor(parameters, PublicKey.generate(parameters.rlwe(), secretKey, random));
  private final BfvEvaluator evaluator = new BfvEvaluator(parameters);
  private final long[] message = new long[parameters.degree()];
  private final Ciphertext ciphertext = encryptor.encrypt(message, random);

  /** In long[]s of N, each with a header of 16 bytes. */
  private void expectRows(int rows, String what, Supplier<?> operation) {
    long allowed = rows * (8L * parameters.degree() + 16) + SMALL;
    // The least of many: code that is not yet compiled boxes its vectors.
    long least = Long.MAX_VALUE;
    for (long end = System.nanoTime() + PATIENCE; least > allowed && System.nanoTime() < end; ) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      sink = operation.get();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(least <= allowed, what + " took " + least + " bytes, allowed " + allowed);
  }

  @Test
  void encryptionAndDecryption() {
    int ciphertextRows = 2 * parameters.ring().size();
    expectRows(ciphertextRows, "encryption", () -> encryptor.encrypt(message, random));
    Flooding flooding = new Flooding(64, 20);
    expectRows(
        ciphertextRows,
        "re-randomisation",
        () -> encryptor.rerandomise(ciphertext, message, flooding, random));
    BfvDecryptor decryptor = new BfvDecryptor(parameters, secretKey);
    expectRows(1, "decryption", () -> decryptor.decrypt(ciphertext));
  }

  @Test
  void evaluation() {
    int ciphertextRows = 2 * parameters.ring().size();
    List<PreparedWeights> weights = List.of(evaluator.prepare(message));
    List<Ciphertext> ciphertexts = List.of(ciphertext);
    expectRows(ciphertextRows, "plain product", () -> evaluator.multiplySum(weights, ciphertexts));
    GaloisKey rotation = GaloisKey.generate(parameters.rlwe(), 3, secretKey, random);
    expectRows(ciphertextRows, "rotation", () -> evaluator.apply(ciphertext, rotation));
    HoistedCiphertext hoisted = evaluator.hoist(ciphertext);
    expectRows(ciphertextRows, "hoisted rotation", () -> hoisted.apply(rotation));
    RelinearizationKey relinearization =
        RelinearizationKey.generate(parameters.rlwe(), secretKey, random);
    BfvMultiplier multiplier = new BfvMultiplier(parameters);
    QuadraticCiphertext product = multiplier.multiply(ciphertext, ciphertext);
    expectRows(
        ciphertextRows * 3 / 2, "product", () -> multiplier.multiply(ciphertext, ciphertext));
    expectRows(
        ciphertextRows,
        "relinearisation",
        () -> BfvMultiplier.relinearise(product, relinearization));
  }

  @Test
  void decryptionShares() {
    PartyId receiver = new PartyId("receiver");
    var everywhere = List.of(RoundedPolynomial.everywhere(parameters));
    var c1 = List.of(ciphertext.c1());
    Flooding flooding = new Flooding(64, 20);
    expectRows(
        1,
        "flooded share",
        () ->
            CollectiveDecryption.share(
                parameters,
                c1,
                everywhere,
                // One without a memory: the test asks for many shares of one ciphertext.
                SecretKey.of(parameters.rlwe(), secretKey.evaluatedInKeyRing()),
                receiver,
                flooding,
                random));
    // The masked share, and the mask: drawn at the positions asked for, kept at all.
    expectRows(
        3,
        "masked share",
        () ->
            CiphertextToShares.mask(
                parameters,
                c1,
                everywhere,
                SecretKey.of(parameters.rlwe(), secretKey.evaluatedInKeyRing()),
                receiver,
                flooding,
                random));
  }
}
