package org.secolab.lattice.mhe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.ThresholdKeyShare;
import org.secolab.lattice.sample.UniformSampler;

/** Each protocol yields what the sum of the keys would, for any number of key holders. */
class MultipartyProtocolsProperties {
  private static final int DEGREE = 64;
  private static final long T = 257;
  private static final Flooding FLOODING = new Flooding(40, 30);

  private static BfvParameters parameters() {
    return BfvParameters.of(BfvParametersSpec.insecureToyWithSpecialPrime(DEGREE, 50, 3, T));
  }

  private static long[] uniform(RandomSource random) {
    long[] values = new long[DEGREE];
    UniformSampler.fill(values, T, random);
    return values;
  }

  private static RandomSource reference(long seed) {
    return SeededRandom.ofInsecureNumber(seed).fork("common");
  }

  private static RandomSource own(long seed, int index) {
    return SeededRandom.ofInsecureNumber(seed).fork("own" + index);
  }

  private static long[] decrypt(MultipartyFixture parties, Ciphertext ciphertext) {
    return new BfvDecryptor(parties.parameters, parties.insecureSecretKey()).decrypt(ciphertext);
  }

  private static Ciphertext encrypt(MultipartyFixture parties, long[] message) {
    return new BfvEncryptor(parties.parameters, parties.publicKey())
        .encrypt(message, parties.random);
  }

  @Property(tries = 15)
  void relinearizationKey_andGaloisKeys_serveEverybody(
      @ForAll @IntRange(min = 2, max = 5) int count,
      @ForAll @IntRange(min = -20, max = 20) int places,
      @ForAll long seed)
      throws ProtocolAbortException {
    BfvParameters parameters = parameters();
    MultipartyFixture parties = new MultipartyFixture(parameters, count, seed);
    SlotEncoder encoder = new SlotEncoder(parameters);
    List<Integer> exponents = List.of(encoder.rotation(places), encoder.swap());
    record Keys(RelinearizationKey relinearization, List<GaloisKey> galois) {}
    List<Keys> keys =
        parties.run(
            (index, session) -> {
              RandomSource reference = reference(seed);
              RandomSource random = own(seed, index);
              SecretKey secretKey = parties.secretKeys.get(index);
              var second =
                  session.exchange(
                      RelinearizationKeyGen.begin(
                          parameters.rlwe(),
                          secretKey,
                          reference,
                          session.self(),
                          parties.keyHolders,
                          random));
              RelinearizationKey relinearization = session.exchange(second);
              return new Keys(
                  relinearization,
                  session.exchange(
                      GaloisKeyGen.begin(
                          parameters.rlwe(),
                          exponents,
                          secretKey,
                          reference,
                          session.self(),
                          parties.keyHolders,
                          random)));
            });
    long[] a = uniform(parties.random);
    long[] b = uniform(parties.random);
    PlaintextModulus t = parameters.plaintextModulus();
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    for (Keys own : keys) {
      Ciphertext product =
          BfvMultiplier.relinearise(
              new BfvMultiplier(parameters)
                  .multiply(
                      encrypt(parties, encoder.encode(a)), encrypt(parties, encoder.encode(b))),
              own.relinearization());
      Ciphertext rotated = evaluator.apply(product, own.galois().get(0));
      Ciphertext swapped = evaluator.apply(rotated, own.galois().get(1));
      long[] slots = encoder.decode(decrypt(parties, swapped));
      for (int i = 0; i < DEGREE; i++) {
        int row = i / (DEGREE / 2);
        int from = (1 - row) * (DEGREE / 2) + Math.floorMod(i % (DEGREE / 2) + places, DEGREE / 2);
        assertEquals(t.multiply(a[from], b[from]), slots[i]);
      }
    }
  }

  @Property(tries = 15)
  void keySwitches_leadToTheNewKeys(
      @ForAll @IntRange(min = 2, max = 5) int count, @ForAll long seed)
      throws ProtocolAbortException {
    BfvParameters parameters = parameters();
    MultipartyFixture parties = new MultipartyFixture(parameters, count, seed);
    List<SecretKey> newKeys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      newKeys.add(SecretKey.generate(parameters.rlwe(), parties.random));
    }
    SecretKey receiver = SecretKey.generate(parameters.rlwe(), parties.random);
    PublicKey receiverKey = PublicKey.generate(parameters.rlwe(), receiver, parties.random);
    List<long[]> messages = List.of(uniform(parties.random), uniform(parties.random));
    List<Ciphertext> first = messages.stream().map(m -> encrypt(parties, m)).toList();
    List<Ciphertext> second = messages.stream().map(m -> encrypt(parties, m)).toList();
    record Switched(List<Ciphertext> collective, List<Ciphertext> towardsPublicKey) {}
    List<Switched> results =
        parties.run(
            (index, session) -> {
              RandomSource random = own(seed, index);
              SecretKey secretKey = parties.secretKeys.get(index);
              return new Switched(
                  session.exchange(
                      CollectiveKeySwitch.begin(
                          parameters.rlwe(),
                          first,
                          secretKey,
                          newKeys.get(index),
                          FLOODING,
                          session.self(),
                          parties.keyHolders,
                          random)),
                  session.exchange(
                      PublicKeySwitch.begin(
                          parameters.rlwe(),
                          second,
                          secretKey,
                          receiverKey,
                          FLOODING,
                          session.self(),
                          parties.keyHolders,
                          List.of(),
                          random)));
            });
    BfvDecryptor newOwner =
        new BfvDecryptor(parameters, SecretKey.insecureSum(parameters.rlwe(), newKeys));
    BfvDecryptor receiverSide = new BfvDecryptor(parameters, receiver);
    for (Switched switched : results) {
      for (int i = 0; i < messages.size(); i++) {
        assertArrayEquals(messages.get(i), newOwner.decrypt(switched.collective().get(i)));
        assertArrayEquals(
            messages.get(i), receiverSide.decrypt(switched.towardsPublicKey().get(i)));
      }
    }
  }

  @Example
  void ownerOfTheNewKey_mayOnlyListen() throws ProtocolAbortException {
    BfvParameters parameters = parameters();
    MultipartyFixture parties = new MultipartyFixture(parameters, 2, 5);
    SecretKey receiver = SecretKey.generate(parameters.rlwe(), parties.random);
    PublicKey receiverKey = PublicKey.generate(parameters.rlwe(), receiver, parties.random);
    long[] message = uniform(parties.random);
    List<Ciphertext> ciphertexts = List.of(encrypt(parties, message));
    PartyId user = new PartyId("user");
    SequencedMap<PartyId, PolynomialBatch> toUser = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      toUser.put(
          parties.keyHolders.get(i),
          PublicKeySwitch.begin(
                  parameters.rlwe(),
                  ciphertexts,
                  parties.secretKeys.get(i),
                  receiverKey,
                  FLOODING,
                  parties.keyHolders.get(i),
                  parties.keyHolders,
                  List.of(user),
                  own(5, i))
              .outbox()
              .messages()
              .get(user));
    }
    List<Ciphertext> switched =
        PublicKeySwitch.observe(parameters.rlwe(), ciphertexts, parties.keyHolders)
            .receive(new Inbox<>(toUser));
    assertArrayEquals(message, new BfvDecryptor(parameters, receiver).decrypt(switched.getFirst()));
  }

  @Property(tries = 15)
  void sharesAndBack_andRefresh_keepTheMessage(
      @ForAll @IntRange(min = 2, max = 5) int count, @ForAll long seed)
      throws ProtocolAbortException {
    BfvParameters parameters = parameters();
    MultipartyFixture parties = new MultipartyFixture(parameters, count, seed);
    long[] message = uniform(parties.random);
    Ciphertext ciphertext = encrypt(parties, message);
    // Noise of 2^100, that a refresh must take away.
    Ciphertext noisy =
        new BfvEncryptor(parameters, parties.publicKey())
            .rerandomise(
                encrypt(parties, message), new long[DEGREE], new Flooding(40, 60), parties.random);
    record Result(long[] share, Ciphertext rebuilt, Ciphertext refreshed) {}
    List<Result> results =
        parties.run(
            (index, session) -> {
              RandomSource reference = reference(seed);
              RandomSource random = own(seed, index);
              long[] share = toShare(parties, ciphertext, index, session, random);
              SecretKey secretKey = parties.secretKeys.get(index);
              Ciphertext rebuilt =
                  session
                      .exchange(
                          SharesToCiphertext.begin(
                              parameters,
                              List.of(share),
                              secretKey,
                              reference,
                              session.self(),
                              parties.keyHolders,
                              random))
                      .getFirst();
              Ciphertext refreshed =
                  session
                      .exchange(
                          Refresh.begin(
                              parameters,
                              List.of(noisy),
                              secretKey,
                              FLOODING,
                              reference,
                              session.self(),
                              parties.keyHolders,
                              random))
                      .getFirst();
              return new Result(share, rebuilt, refreshed);
            });
    PlaintextModulus t = parameters.plaintextModulus();
    long[] sum = new long[DEGREE];
    for (Result result : results) {
      for (int i = 0; i < DEGREE; i++) {
        sum[i] = t.add(sum[i], result.share()[i]);
      }
      assertArrayEquals(message, decrypt(parties, result.rebuilt()));
      assertArrayEquals(message, decrypt(parties, result.refreshed()));
      assertEquals(0, CollectiveSecurityTest.noiseBits(parties, result.refreshed(), message), 12);
    }
    assertArrayEquals(message, sum);
  }

  private static long[] toShare(
      MultipartyFixture parties,
      Ciphertext ciphertext,
      int index,
      Session session,
      RandomSource random)
      throws ProtocolAbortException {
    BfvParameters parameters = parties.parameters;
    SecretKey secretKey = parties.secretKeys.get(index);
    if (index > 0) {
      return session
          .exchange(
              CiphertextToShares.mask(
                  parameters,
                  List.of(ciphertext.c1()),
                  List.of(RoundedPolynomial.everywhere(parameters)),
                  secretKey,
                  parties.keyHolders.getFirst(),
                  FLOODING,
                  random))
          .getFirst();
    }
    RnsPolynomial c0 = ciphertext.c0().copy().transformTo(Domain.COEFFICIENT);
    return session
        .exchange(
            CiphertextToShares.receive(
                parameters,
                List.of(
                    RoundedPolynomial.of(parameters, c0, RoundedPolynomial.everywhere(parameters))),
                List.of(ciphertext.c1()),
                secretKey,
                Set.copyOf(session.roster().others())))
        .getFirst();
  }

  @Property(tries = 15)
  void anyThresholdOfParties_decrypts_andFewerAreRefused(
      @ForAll @IntRange(min = 2, max = 5) int count,
      @ForAll @IntRange(min = 1, max = 5) int wanted,
      @ForAll long seed)
      throws ProtocolAbortException {
    int threshold = Math.min(wanted, count);
    BfvParameters parameters = parameters();
    MultipartyFixture parties = new MultipartyFixture(parameters, count, seed);
    SequencedMap<PartyId, Integer> points = new LinkedHashMap<>();
    parties.keyHolders.forEach(holder -> points.put(holder, 3 * points.size() + 2));
    List<ThresholdKeyShare> shares =
        parties.run(
            (index, session) ->
                session.exchange(
                    ThresholdSharing.begin(
                        parameters.rlwe(),
                        parties.secretKeys.get(index),
                        threshold,
                        points,
                        session.self(),
                        own(seed, index))));
    long[] message = uniform(parties.random);
    Ciphertext ciphertext = encrypt(parties, message);
    // The last parties; any others would do.
    List<ThresholdKeyShare> active = shares.subList(count - threshold, count);
    Set<Integer> activePoints = Set.copyOf(active.stream().map(ThresholdKeyShare::point).toList());
    List<SecretKey> additive =
        active.stream().map(share -> share.additiveShare(activePoints)).toList();
    SecretKey together = SecretKey.insecureSum(parameters.rlwe(), additive);
    assertArrayEquals(
        parties.insecureSecretKey().evaluatedInKeyRing().row(0),
        together.evaluatedInKeyRing().row(0));
    assertArrayEquals(message, new BfvDecryptor(parameters, together).decrypt(ciphertext));
    assertSame(additive.getFirst(), active.getFirst().additiveShare(activePoints));

    if (threshold > 1) {
      Set<Integer> tooFew = Set.of(active.getFirst().point());
      assertThrows(IllegalArgumentException.class, () -> active.getFirst().additiveShare(tooFew));
      // What one party short of the threshold could compute is not the key.
      SecretKey short1 =
          SecretKey.insecureSum(parameters.rlwe(), additive.subList(0, threshold - 1));
      long[] wrong = new BfvDecryptor(parameters, short1).decrypt(ciphertext);
      assertEquals(
          false,
          IntStream.range(0, DEGREE).allMatch(i -> wrong[i] == message[i]),
          "no decryption below the threshold");
    }
  }

  @Example
  void thresholdShares_rememberWhatTheyDecrypted_acrossActiveSets() throws ProtocolAbortException {
    BfvParameters parameters = parameters();
    MultipartyFixture parties = new MultipartyFixture(parameters, 3, 8);
    SequencedMap<PartyId, Integer> points = new LinkedHashMap<>();
    parties.keyHolders.forEach(holder -> points.put(holder, points.size() + 1));
    ThresholdKeyShare share =
        parties
            .run(
                (index, session) ->
                    session.exchange(
                        ThresholdSharing.begin(
                            parameters.rlwe(),
                            parties.secretKeys.get(index),
                            2,
                            points,
                            session.self(),
                            own(8, index))))
            .getFirst();
    Ciphertext ciphertext = encrypt(parties, new long[DEGREE]);
    share.additiveShare(Set.of(1, 2)).claimShare(ciphertext.c1());
    assertThrows(
        IllegalArgumentException.class,
        () -> share.additiveShare(Set.of(1, 3)).claimShare(ciphertext.c1()));
  }

  @Example
  void pointZero_duplicatePoints_andBadThresholds_areRefused() throws ProtocolAbortException {
    MultipartyFixture parties = new MultipartyFixture(parameters(), 3, 9);
    expectRefused(parties, 2, 0, 1, 2);
    expectRefused(parties, 2, 1, 2, 2);
    expectRefused(parties, 2, 1, 2, -1);
    expectRefused(parties, 0, 1, 2, 3);
    expectRefused(parties, 4, 1, 2, 3);
  }

  private static void expectRefused(MultipartyFixture parties, int threshold, int... points) {
    SequencedMap<PartyId, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < points.length; i++) {
      map.put(parties.keyHolders.get(i), points[i]);
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ThresholdSharing.begin(
                parties.parameters.rlwe(),
                parties.secretKeys.getFirst(),
                threshold,
                map,
                parties.keyHolders.getFirst(),
                own(1, 1)));
  }
}
