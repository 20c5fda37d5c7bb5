package org.secolab.lattice.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.mhe.CollectivePublicKeyGen;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;

/** Three parties add their vectors under encryption; one of them learns the sum, nobody else. */
public final class EncryptedSum {
  private static final BfvParameters SET =
      BfvParameters.of(BfvParametersSpec.standard(32)); // N = 8192, t = 2^32
  private static final PartyId ANN = new PartyId("ann");
  private static final List<PartyId> PARTIES =
      List.of(ANN, new PartyId("ben"), new PartyId("cleo"));

  private EncryptedSum() {}

  // [readme]
  /** What each party does; Ann gets the sum, the others an empty list. */
  static List<long[]> run(Session session, long[] own, byte[] seed) throws ProtocolAbortException {
    RandomSource random = new SystemRandom();
    RandomSource common = new SeededRandom(seed); // the seed is public; all have the same
    PartyId self = session.self();
    SecretKey key = SecretKey.generate(SET.rlwe(), random); // a share; the sum exists nowhere
    var keyGen =
        CollectivePublicKeyGen.begin(SET.rlwe(), key, common, self, PARTIES, List.of(), random);
    BfvEncryptor encryptor = new BfvEncryptor(SET, session.exchange(keyGen));
    Ciphertext sum = encryptor.encrypt(own, random);
    var type = CiphertextBatch.type(0x0100, "summand", "Example", SET.rlwe(), 1);
    var others = session.roster().others();
    var toAll = Outbox.toAll(others, new CiphertextBatch(List.of(sum)));
    var inbox = session.exchange(new PlainRound<>(type, toAll, others));
    for (CiphertextBatch batch : inbox.messages().values()) {
      sum = new BfvEvaluator(SET).add(sum, batch.ciphertexts().getFirst());
    }
    Flooding flood = SET.flooding(LinearCircuit.collective(3, 2, 1), 64);
    return session.exchange(
        CollectiveDecryption.towards(SET, List.of(sum), ANN, key, flood, self, PARTIES, random));
  }

  // [/readme]

  /** All three in this process. */
  static List<List<long[]>> runAll(List<long[]> vectors) throws ProtocolAbortException {
    byte[] agreedSeed = new SystemRandom().bytes(SeededRandom.SEED_BYTES);
    SequencedMap<PartyId, EmbeddedParties.Program<List<long[]>>> programs = new LinkedHashMap<>();
    for (int i = 0; i < PARTIES.size(); i++) {
      long[] own = vectors.get(i);
      programs.put(PARTIES.get(i), session -> run(session, own, agreedSeed));
    }
    SessionId id = SessionId.random(new SystemRandom());
    return List.copyOf(EmbeddedParties.run(id, programs).values());
  }
}
