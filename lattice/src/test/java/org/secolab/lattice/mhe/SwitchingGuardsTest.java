package org.secolab.lattice.mhe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.transport.TamperingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;

/** Every share of a secret that leaves a party carries a flood of its own, and leaves once. */
class SwitchingGuardsTest {
  private static final Flooding FLOODING = new Flooding(40, 60); // 2^100
  private static final BfvParameters PARAMETERS =
      BfvParameters.of(BfvParametersSpec.insecureToy(64, 50, 3, 1L << 20));

  private final MultipartyFixture parties;
  private final SecretKey secretKey;
  private final Ciphertext ciphertext;

  SwitchingGuardsTest() throws ProtocolAbortException {
    parties = new MultipartyFixture(PARAMETERS, 2, 31);
    secretKey = parties.secretKeys.getFirst();
    ciphertext =
        new BfvEncryptor(PARAMETERS, parties.publicKey()).encrypt(new long[64], parties.random);
  }

  private PartyId self() {
    return parties.keyHolders.getFirst();
  }

  private List<RnsPolynomial> sent(Round<PolynomialBatch, ?> round) {
    return round.outbox().messages().get(parties.keyHolders.get(1)).polynomials();
  }

  private static int bits(RnsPolynomial polynomial) {
    return CollectiveSecurityTest.bits(polynomial.transformTo(Domain.COEFFICIENT));
  }

  private void expectSecondRefused(Supplier<?> again) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, again::get);
    assertTrue(e.getMessage().contains("second time"), e.getMessage());
  }

  @Test
  void keySwitchShare_isFlooded_andLeavesOnce() {
    SecretKey zero =
        SecretKey.of(PARAMETERS.rlwe(), RnsPolynomial.zero(PARAMETERS.ring(), Domain.EVALUATION));
    Supplier<Round<PolynomialBatch, List<Ciphertext>>> round =
        () ->
            CollectiveKeySwitch.begin(
                PARAMETERS.rlwe(),
                List.of(ciphertext),
                secretKey,
                zero,
                FLOODING,
                self(),
                parties.keyHolders,
                parties.random);
    RnsPolynomial flood =
        sent(round.get()).getFirst().minus(ciphertext.c1().times(secretKey.evaluated()));
    assertEquals(100, bits(flood), 1);
    expectSecondRefused(round);
  }

  @Test
  void publicKeySwitchShare_isFlooded_andLeavesOnce() {
    // Under a public key of zeros, nothing but the flood stands beside s·c_1.
    PublicKey zeros =
        new PublicKey(
            RnsPolynomial.zero(PARAMETERS.ring(), Domain.EVALUATION),
            RnsPolynomial.zero(PARAMETERS.ring(), Domain.EVALUATION));
    Supplier<Round<PolynomialBatch, List<Ciphertext>>> round =
        () ->
            PublicKeySwitch.begin(
                PARAMETERS.rlwe(),
                List.of(ciphertext),
                secretKey,
                zeros,
                FLOODING,
                self(),
                parties.keyHolders,
                List.of(),
                parties.random);
    List<RnsPolynomial> shares = sent(round.get());
    assertEquals(100, bits(shares.get(0).minus(ciphertext.c1().times(secretKey.evaluated()))), 1);
    assertTrue(bits(shares.get(1)) >= 2, "the second half carries fresh noise");
    expectSecondRefused(round);
  }

  @Test
  void refreshShare_isFlooded_isMasked_andLeavesOnce() {
    Supplier<Round<PolynomialBatch, List<Ciphertext>>> round =
        () ->
            Refresh.begin(
                PARAMETERS,
                List.of(ciphertext),
                secretKey,
                FLOODING,
                SeededRandom.ofInsecureNumber(5),
                self(),
                parties.keyHolders,
                parties.random);
    List<RnsPolynomial> shares = sent(round.get());
    RnsPolynomial alpha =
        UniformSeed.draw(SeededRandom.ofInsecureNumber(5)).expand(PARAMETERS.ring(), 0);
    RnsPolynomial masked = shares.get(0).minus(ciphertext.c1().times(secretKey.evaluated()));
    RnsPolynomial mask = shares.get(1).plus(alpha.times(secretKey.evaluated()));
    assertEquals(100, bits(masked.plus(mask)), 1, "mask and negative mask leave the flood");
    assertEquals(149, bits(mask), 2, "the mask is as large as messages are");
    expectSecondRefused(round);
  }

  @Test
  void sharesOfCiphertexts_areFlooded_areMasked_andLeaveOnce() {
    Flooding visible = new Flooding(40, 87); // in the 14 guard bits
    long[] first = new long[64];
    RoundedPolynomial share = masked(secretKey, visible, first);
    RnsPolynomial bare =
        ciphertext
            .c1()
            .times(secretKey.evaluated())
            .transformTo(Domain.COEFFICIENT)
            .subtractInPlace(PARAMETERS.encoder().message(first));
    RoundedPolynomial unflooded =
        RoundedPolynomial.of(PARAMETERS, bare, RoundedPolynomial.everywhere(PARAMETERS));
    assertFalse(Arrays.equals(bytes(unflooded), bytes(share)));
    assertTrue(Arrays.stream(first).distinct().count() > 60, "masks are random");
    expectSecondRefused(() -> masked(secretKey, visible, new long[64]));

    // The comparison sees the flood and nothing else: with hardly any, both agree.
    SecretKey forgetful = SecretKey.of(PARAMETERS.rlwe(), secretKey.evaluatedInKeyRing().copy());
    long[] second = new long[64];
    RoundedPolynomial almostBare = masked(forgetful, new Flooding(1, 1), second);
    bare.addInPlace(PARAMETERS.encoder().message(first))
        .subtractInPlace(PARAMETERS.encoder().message(second));
    assertArrayEquals(
        bytes(RoundedPolynomial.of(PARAMETERS, bare, RoundedPolynomial.everywhere(PARAMETERS))),
        bytes(almostBare));
  }

  private RoundedPolynomial masked(SecretKey key, Flooding flooding, long[] maskOut) {
    PartyId receiver = parties.keyHolders.get(1);
    CiphertextToShares.Masking round =
        CiphertextToShares.mask(
            PARAMETERS,
            List.of(ciphertext.c1()),
            List.of(RoundedPolynomial.everywhere(PARAMETERS)),
            key,
            receiver,
            flooding,
            parties.random);
    long[] mask =
        round.receive(new org.secolab.foundation.round.Inbox<>(new LinkedHashMap<>())).getFirst();
    System.arraycopy(mask, 0, maskOut, 0, mask.length);
    return round.outbox().messages().get(receiver).polynomials().getFirst();
  }

  private static byte[] bytes(RoundedPolynomial polynomial) {
    WireWriter out = new WireWriter(16);
    polynomial.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void tamperedShare_endsTheRun_andItsSenderIsBlamed() {
    int payload = FrameHeader.BYTES;
    for (TamperingChannel.Tamper tamper :
        List.<TamperingChannel.Tamper>of(
            (envelope, frame) -> Arrays.copyOf(frame, frame.length - 1),
            (envelope, frame) -> Arrays.copyOf(frame, frame.length + 1),
            (envelope, frame) -> with(frame, payload, 9), // another format
            (envelope, frame) -> with(frame, payload + 1, 0), // another domain
            (envelope, frame) -> with(frame, payload + 2, frame[payload + 2] + 1), // another ring
            (envelope, frame) -> { // residues out of range
              byte[] bad = frame.clone();
              Arrays.fill(bad, payload + 6, payload + 20, (byte) 0xff);
              return bad;
            })) {
      ProtocolAbortException e =
          assertThrows(ProtocolAbortException.class, () -> runKeyGeneration(tamper));
      assertEquals(self(), e.blamed());
    }
  }

  private static byte[] with(byte[] frame, int index, int value) {
    byte[] changed = frame.clone();
    changed[index] = (byte) value;
    return changed;
  }

  /** The first key holder's frames go through {@code tamper}. */
  private void runKeyGeneration(TamperingChannel.Tamper tamper) throws ProtocolAbortException {
    InMemoryNetwork network = new InMemoryNetwork(parties.keyHolders);
    SequencedMap<PartyId, EmbeddedParties.Program<PublicKey>> programs = new LinkedHashMap<>();
    for (PartyId party : parties.keyHolders) {
      programs.put(
          party,
          session ->
              session.exchange(
                  CollectivePublicKeyGen.begin(
                      PARAMETERS.rlwe(),
                      secretKey,
                      SeededRandom.ofInsecureNumber(1),
                      party,
                      parties.keyHolders,
                      List.of(),
                      SeededRandom.ofInsecureNumber(2))));
    }
    EmbeddedParties.run(
        network,
        programs,
        party -> {
          Channel channel = network.channel(party);
          return new Session(
              new SessionId(1, 2),
              new Roster(parties.keyHolders, party),
              party.equals(self()) ? new TamperingChannel(channel, tamper) : channel);
        });
  }

  @Test
  void equalSeeds_makeEqualMessages() {
    for (int i = 0; i < 2; i++) {
      byte[][] traces = new byte[2][];
      for (int run = 0; run < 2; run++) {
        WireWriter out = new WireWriter(16);
        CollectivePublicKeyGen.begin(
                PARAMETERS.rlwe(),
                secretKey,
                SeededRandom.ofInsecureNumber(1),
                self(),
                parties.keyHolders,
                List.of(),
                SeededRandom.ofInsecureNumber(i == 0 ? 7 : run))
            .outbox()
            .messages()
            .get(parties.keyHolders.get(1))
            .writeTo(out);
        traces[run] = out.toByteArray();
      }
      assertEquals(i == 0, Arrays.equals(traces[0], traces[1]));
    }
  }
}
