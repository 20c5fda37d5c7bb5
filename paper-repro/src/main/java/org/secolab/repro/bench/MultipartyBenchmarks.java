package org.secolab.repro.bench;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.Message;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.mhe.CiphertextToShares;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.mhe.CollectiveKeySwitch;
import org.secolab.lattice.mhe.CollectivePublicKeyGen;
import org.secolab.lattice.mhe.GaloisKeyGen;
import org.secolab.lattice.mhe.PublicKeySwitch;
import org.secolab.lattice.mhe.Refresh;
import org.secolab.lattice.mhe.RelinearizationKeyGen;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;

/**
 * Multiparty protocols under the paper's parameters, N = 8192 and 218 bits: the work of all parties
 * on one thread, without serialisation; {@code cksShare} is that of one party.
 */
@State(Scope.Thread)
public class MultipartyBenchmarks {
  /** Everything that depends on the number of parties. */
  private record Fixture(
      BfvParameters parameters,
      List<PartyId> keyHolders,
      List<SecretKey> secretKeys,
      PublicKey publicKey,
      Ciphertext ciphertext,
      int rotation) {}

  private static final Flooding FLOODING = new Flooding(64, 30);

  /** How many share the key. */
  @Param({"3"})
  public int parties;

  private final RandomSource random = new SystemRandom();

  @SuppressWarnings("NullAway.Init") // by setUp
  private Fixture fixture;

  /** Keys and a ciphertext, once per fork. */
  @Setup
  public void setUp() throws ProtocolAbortException {
    BfvParameters parameters = BfvBenchmarks.parameters("paper");
    List<PartyId> keyHolders =
        IntStream.range(0, parties).mapToObj(i -> new PartyId("party" + i)).toList();
    List<SecretKey> secretKeys = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      secretKeys.add(SecretKey.generate(parameters.rlwe(), random));
    }
    PublicKey publicKey = PublicKey.generate(parameters.rlwe(), secretKeys.getFirst(), random);
    fixture =
        new Fixture(
            parameters,
            keyHolders,
            secretKeys,
            publicKey,
            new BfvEncryptor(parameters, publicKey).encrypt(new long[parameters.degree()], random),
            new SlotEncoder(parameters).rotation(1));
  }

  /** What one party begins with. */
  private interface Beginning<M extends Message, N> {
    Round<M, N> begin(PartyId self, SecretKey secretKey);
  }

  /** One step of all parties, each message handed over as it is. */
  private <M extends Message, N> List<N> run(Beginning<M, N> beginning)
      throws ProtocolAbortException {
    List<Round<M, N>> rounds = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      rounds.add(beginning.begin(fixture.keyHolders().get(i), forgetful(i)));
    }
    return deliver(rounds);
  }

  private <M extends Message, N> List<N> deliver(List<Round<M, N>> rounds)
      throws ProtocolAbortException {
    List<N> results = new ArrayList<>();
    for (int to = 0; to < parties; to++) {
      SequencedMap<PartyId, M> inbox = new LinkedHashMap<>();
      for (int from = 0; from < parties; from++) {
        Map<PartyId, M> outbox = rounds.get(from).outbox().messages();
        M message = outbox.get(fixture.keyHolders().get(to));
        if (message != null) {
          inbox.put(fixture.keyHolders().get(from), message);
        }
      }
      results.add(rounds.get(to).receive(new Inbox<>(inbox)));
    }
    return results;
  }

  /** A key that has no memory of the ciphertexts of earlier iterations. */
  private SecretKey forgetful(int party) {
    return SecretKey.of(
        fixture.parameters().rlwe(), fixture.secretKeys().get(party).evaluatedInKeyRing());
  }

  private static RandomSource reference() {
    return SeededRandom.ofInsecureNumber(1);
  }

  /** Collective public key. */
  @Benchmark
  public List<PublicKey> ckg() throws ProtocolAbortException {
    return run(
        (self, secretKey) ->
            CollectivePublicKeyGen.begin(
                fixture.parameters().rlwe(),
                secretKey,
                reference(),
                self,
                fixture.keyHolders(),
                List.of(),
                random));
  }

  /** Collective relinearisation key, both rounds. */
  @Benchmark
  public List<RelinearizationKey> rkg() throws ProtocolAbortException {
    return deliver(
        run(
            (self, secretKey) ->
                RelinearizationKeyGen.begin(
                    fixture.parameters().rlwe(),
                    secretKey,
                    reference(),
                    self,
                    fixture.keyHolders(),
                    random)));
  }

  /** Collective key for one automorphism. */
  @Benchmark
  public List<List<GaloisKey>> gkg() throws ProtocolAbortException {
    return run(
        (self, secretKey) ->
            GaloisKeyGen.begin(
                fixture.parameters().rlwe(),
                List.of(fixture.rotation()),
                secretKey,
                reference(),
                self,
                fixture.keyHolders(),
                random));
  }

  /** Switch of one ciphertext to another shared key. */
  @Benchmark
  public List<List<Ciphertext>> cks() throws ProtocolAbortException {
    return run(
        (self, secretKey) ->
            CollectiveKeySwitch.begin(
                fixture.parameters().rlwe(),
                List.of(fixture.ciphertext()),
                secretKey,
                fixture.secretKeys().getFirst(),
                FLOODING,
                self,
                fixture.keyHolders(),
                random));
  }

  /** One party's flooded decryption share of one ciphertext. */
  @Benchmark
  public CollectiveDecryption.Sharing cksShare() {
    return CollectiveDecryption.share(
        fixture.parameters(),
        List.of(fixture.ciphertext().c1()),
        List.of(RoundedPolynomial.everywhere(fixture.parameters())),
        forgetful(1),
        fixture.keyHolders().getFirst(),
        FLOODING,
        random);
  }

  /** Switch of one ciphertext to a public key. */
  @Benchmark
  public List<List<Ciphertext>> pcks() throws ProtocolAbortException {
    return run(
        (self, secretKey) ->
            PublicKeySwitch.begin(
                fixture.parameters().rlwe(),
                List.of(fixture.ciphertext()),
                secretKey,
                fixture.publicKey(),
                FLOODING,
                self,
                fixture.keyHolders(),
                List.of(),
                random));
  }

  /** One ciphertext to shares. */
  @Benchmark
  public List<List<long[]>> encryptionToShares() throws ProtocolAbortException {
    BfvParameters parameters = fixture.parameters();
    List<BitSet> positions = List.of(RoundedPolynomial.everywhere(parameters));
    List<RnsPolynomial> c1 = List.of(fixture.ciphertext().c1());
    PartyId receiver = fixture.keyHolders().getFirst();
    return run(
        (self, secretKey) -> {
          if (!self.equals(receiver)) {
            return CiphertextToShares.mask(
                parameters, c1, positions, secretKey, receiver, FLOODING, random);
          }
          RnsPolynomial c0 = fixture.ciphertext().c0().copy().transformTo(Domain.COEFFICIENT);
          return CiphertextToShares.receive(
              parameters,
              List.of(RoundedPolynomial.of(parameters, c0, positions.getFirst())),
              c1,
              secretKey,
              Set.copyOf(fixture.keyHolders().subList(1, parties)));
        });
  }

  /** One noisy ciphertext to a fresh one. */
  @Benchmark
  public List<List<Ciphertext>> refresh() throws ProtocolAbortException {
    return run(
        (self, secretKey) ->
            Refresh.begin(
                fixture.parameters(),
                List.of(fixture.ciphertext()),
                secretKey,
                FLOODING,
                reference(),
                self,
                fixture.keyHolders(),
                random));
  }
}
