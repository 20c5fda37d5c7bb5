package org.secolab.lattice.mhe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.Inbox;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;

/** What the guards guard against: each test fails when its guard is taken away. */
class CollectiveSecurityTest {
  private static final Flooding FLOODING = new Flooding(40, 60);
  private static final PartyId GATEWAY = new PartyId("gateway");

  private static BfvParameters toy() {
    return BfvParameters.of(BfvParametersSpec.insecureToy(64, 50, 3, 1L << 20));
  }

  private static long[] uniform(int size, long seed) {
    long[] values = new long[size];
    UniformSampler.fill(values, 1L << 20, SeededRandom.ofInsecureNumber(seed));
    return values;
  }

  /** log2 of the largest absolute value of a coefficient. */
  static int bits(RnsPolynomial polynomial) {
    BigInteger q = polynomial.ring().q();
    int largest = 0;
    for (int i = 0; i < polynomial.ring().degree(); i++) {
      BigInteger value = polynomial.coefficient(i);
      largest = Math.max(largest, value.min(q.subtract(value)).bitLength());
    }
    return largest;
  }

  /** w = c_1'/c_1: what anybody computes who sees factor and product. */
  private static RnsPolynomial quotient(RnsPolynomial product, RnsPolynomial factor) {
    Ring ring = product.ring();
    RnsPolynomial quotient = RnsPolynomial.zero(ring, Domain.EVALUATION);
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      for (int j = 0; j < ring.degree(); j++) {
        long inverse = modulus.inverse(factor.row(i)[j]);
        quotient.row(i)[j] = modulus.multiply(product.row(i)[j], inverse);
      }
    }
    return quotient.transformTo(Domain.COEFFICIENT);
  }

  @Test
  void weights_areReadFromAProductThatWasNotRerandomised_andOnlyFromThat()
      throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 3, 11);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, parties.publicKey());
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    long[] weights = uniform(64, 1);
    PreparedWeights prepared = evaluator.prepare(weights);
    Ciphertext mask = encryptor.encrypt(uniform(64, 2), parties.random);
    Ciphertext product = evaluator.multiplySum(List.of(prepared), List.of(mask));

    RnsPolynomial recovered = quotient(product.c1(), mask.c1());
    for (int i = 0; i < 64; i++) {
      BigInteger centred = BigInteger.valueOf(parameters.plaintextModulus().centred(weights[i]));
      assertEquals(centred.mod(parameters.ring().q()), recovered.coefficient(i));
    }

    Ciphertext published = encryptor.rerandomise(product, new long[64], FLOODING, parties.random);
    assertEquals(
        parameters.ring().q().bitLength() - 1,
        bits(quotient(published.c1(), mask.c1())),
        2,
        "what the attack finds now is no weight but a random element");
  }

  /** c_1 = p_1·u + e. Without u there is nothing but noise; without e the quotient is u. */
  @Test
  void randomnessOfAnEncryption_isThere_andNotReadFromItsSecondComponent()
      throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 2, 14);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, parties.publicKey());
    Ciphertext fresh = encryptor.encrypt(uniform(64, 4), parties.random).evaluated();
    Ciphertext again =
        encryptor.rerandomise(fresh, new long[64], FLOODING, parties.random).evaluated();
    for (RnsPolynomial added : List.of(fresh.c1(), again.c1().minus(fresh.c1()))) {
      int large = parameters.ring().q().bitLength() - 1;
      assertEquals(large, bits(added.copy().transformTo(Domain.COEFFICIENT)), 2, "u");
      assertEquals(large, bits(quotient(added, parties.publicKey().p1())), 2, "e");
    }
  }

  @Test
  void rerandomisedResult_carriesTheFlood() throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 2, 12);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, parties.publicKey());
    long[] message = uniform(64, 3);
    Ciphertext fresh = encryptor.encrypt(message, parties.random);
    assertTrue(noiseBits(parties, fresh, message) < 20);
    Ciphertext flooded = encryptor.rerandomise(fresh, new long[64], FLOODING, parties.random);
    // The largest of 64 uniform values below 2^100.
    assertEquals(100, noiseBits(parties, flooded, message), 1);
  }

  static int noiseBits(MultipartyFixture parties, Ciphertext ciphertext, long[] message) {
    RnsPolynomial phase =
        ciphertext
            .evaluated()
            .c1()
            .times(parties.insecureSecretKey().evaluated())
            .addInPlace(ciphertext.evaluated().c0())
            .transformTo(Domain.COEFFICIENT);
    return bits(phase.minus(parties.parameters.encoder().message(message)));
  }

  /** The share rounds away low bits only: what is left differs from s·c_1 by the flood. */
  @Test
  void decryptionShare_carriesItsOwnFlood() throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 2, 13);
    RnsPolynomial c1 =
        UniformSampler.polynomial(
            parameters.ring(), Domain.EVALUATION, SeededRandom.ofInsecureNumber(5));
    BitSet all = RoundedPolynomial.everywhere(parameters);
    RoundedPolynomial bare =
        RoundedPolynomial.of(
            parameters,
            c1.times(parties.secretKeys.get(1).evaluated()).transformTo(Domain.COEFFICIENT),
            all);
    // A flood of 2^127, next to q/2^20 = 2^130 for a plaintext unit: visible in 14 guard bits.
    Flooding visible = new Flooding(40, 87);
    CollectiveDecryption.Sharing first = share(parties, c1, all, visible, 1);
    CollectiveDecryption.Sharing second = shareAgain(parties, c1, all, visible, 2);
    assertFalse(Arrays.equals(bytes(bare), bytes(message(first))), "flooded");
    assertFalse(Arrays.equals(bytes(message(second)), bytes(message(first))), "afresh");
    assertSame(first.outbox(), first.outbox(), "asking twice does not resample");
    assertEquals(64, first.receive(new Inbox<>(new LinkedHashMap<>())));
    CollectiveDecryption.Sharing invisible = shareAgain(parties, c1, all, new Flooding(1, 1), 3);
    assertArrayEquals(
        bytes(bare), bytes(message(invisible)), "the comparison sees floods and nothing else");
  }

  @Test
  void secondShareForOneCiphertext_isRefused() throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 2, 17);
    RnsPolynomial c1 =
        UniformSampler.polynomial(
            parameters.ring(), Domain.EVALUATION, SeededRandom.ofInsecureNumber(7));
    BitSet all = RoundedPolynomial.everywhere(parameters);
    share(parties, c1, all, FLOODING, 1);
    share(parties, c1.plus(c1), all, FLOODING, 2);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> share(parties, c1.copy(), all, FLOODING, 3));
    assertTrue(e.getMessage().contains("second time"));
  }

  /** A key holder that forgets what it shared before. */
  private static CollectiveDecryption.Sharing shareAgain(
      MultipartyFixture parties, RnsPolynomial c1, BitSet all, Flooding flooding, long seed) {
    BfvParameters parameters = parties.parameters;
    SecretKey forgetful =
        SecretKey.of(parameters.rlwe(), parties.secretKeys.get(1).evaluatedInKeyRing());
    return CollectiveDecryption.share(
        parameters,
        List.of(c1),
        List.of(all),
        forgetful,
        GATEWAY,
        flooding,
        SeededRandom.ofInsecureNumber(seed));
  }

  private static CollectiveDecryption.Sharing share(
      MultipartyFixture parties, RnsPolynomial c1, BitSet all, Flooding flooding, long seed) {
    return CollectiveDecryption.share(
        parties.parameters,
        List.of(c1),
        List.of(all),
        parties.secretKeys.get(1),
        GATEWAY,
        flooding,
        SeededRandom.ofInsecureNumber(seed));
  }

  private static RoundedPolynomial message(CollectiveDecryption.Sharing sharing) {
    return sharing.outbox().messages().get(GATEWAY).polynomials().getFirst();
  }

  private static byte[] bytes(RoundedPolynomial polynomial) {
    org.secolab.foundation.wire.WireWriter out = new org.secolab.foundation.wire.WireWriter(16);
    polynomial.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void unusedCoefficients_areNotSent() {
    BfvParameters parameters = toy();
    RnsPolynomial polynomial =
        UniformSampler.polynomial(
            parameters.ring(), Domain.COEFFICIENT, SeededRandom.ofInsecureNumber(6));
    BitSet some = new BitSet();
    some.set(3);
    some.set(17, 20);
    byte[] before = bytes(RoundedPolynomial.of(parameters, polynomial, some));
    assertEquals(RoundedPolynomial.wireBytes(parameters, 4), before.length);
    for (int i = 0; i < parameters.degree(); i++) {
      if (!some.get(i)) {
        for (int row = 0; row < parameters.ring().size(); row++) {
          polynomial.row(row)[i] = 0;
        }
      }
    }
    assertArrayEquals(before, bytes(RoundedPolynomial.of(parameters, polynomial, some)));
  }

  @Test
  void everyKeyHolder_andEveryObserver_getsTheSameKey() throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 4, 14);
    for (PublicKey key : parties.publicKeys) {
      assertArrayEquals(parties.publicKey().p0().row(0), key.p0().row(0));
      assertArrayEquals(parties.publicKey().p1().row(0), key.p1().row(0));
    }
    RnsPolynomial noise =
        parties
            .publicKey()
            .p1()
            .times(parties.insecureSecretKey().evaluated())
            .addInPlace(parties.publicKey().p0())
            .transformTo(Domain.COEFFICIENT);
    assertTrue(bits(noise) <= 7, "p_0 + p_1·s is a sum of four narrow terms");
    assertTrue(bits(noise) >= 2, "and not zero");
  }

  @Test
  void observer_learnsTheKeyWithoutSaying() throws ProtocolAbortException {
    BfvParameters parameters = toy();
    MultipartyFixture parties = new MultipartyFixture(parameters, 2, 15);
    CollectivePublicKeyGen observer =
        CollectivePublicKeyGen.observe(
            parameters.rlwe(),
            SeededRandom.ofInsecureNumber(15).fork("reference"),
            parties.keyHolders);
    assertTrue(observer.outbox().messages().isEmpty());
    assertEquals(Set.copyOf(parties.keyHolders), observer.senders());
    LinkedHashMap<PartyId, PublicKeyShare> shares = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      CollectivePublicKeyGen holder =
          CollectivePublicKeyGen.begin(
              parameters.rlwe(),
              parties.secretKeys.get(i),
              SeededRandom.ofInsecureNumber(15).fork("reference"),
              parties.keyHolders.get(i),
              parties.keyHolders,
              List.of(new PartyId("user")),
              SeededRandom.ofInsecureNumber(15).fork("noise" + i));
      shares.put(parties.keyHolders.get(i), holder.outbox().messages().get(new PartyId("user")));
    }
    assertArrayEquals(
        parties.publicKey().p0().row(1), observer.receive(new Inbox<>(shares)).p0().row(1));
  }

  @Test
  void fewerThanTwoKeyHolders_areRefused() throws ProtocolAbortException {
    MultipartyFixture parties = new MultipartyFixture(toy(), 2, 16);
    for (List<PartyId> bad :
        List.of(
            List.of(GATEWAY),
            List.of(GATEWAY, GATEWAY),
            List.of(new PartyId("remote1"), new PartyId("remote2")))) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              CollectivePublicKeyGen.begin(
                  toy().rlwe(),
                  parties.secretKeys.getFirst(),
                  SeededRandom.ofInsecureNumber(1),
                  GATEWAY,
                  bad,
                  List.of(),
                  SeededRandom.ofInsecureNumber(2)));
    }
  }
}
