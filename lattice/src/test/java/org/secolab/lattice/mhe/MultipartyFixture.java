package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;

/** Key holders with their shares and the collective key, made by the real protocol. */
final class MultipartyFixture {
  final BfvParameters parameters;
  final List<PartyId> keyHolders;
  final List<SecretKey> secretKeys = new ArrayList<>();
  final List<PublicKey> publicKeys;
  final RandomSource random;

  MultipartyFixture(BfvParameters parameters, int count, long seed) throws ProtocolAbortException {
    this.parameters = parameters;
    keyHolders =
        IntStream.range(0, count)
            .mapToObj(i -> new PartyId(i == 0 ? "gateway" : "remote" + i))
            .toList();
    random = SeededRandom.ofInsecureNumber(seed);
    RandomSource keys = random.fork("keys");
    keyHolders.forEach(holder -> secretKeys.add(SecretKey.generate(parameters.rlwe(), keys)));
    publicKeys =
        run(
            (index, session) ->
                session.exchange(
                    CollectivePublicKeyGen.begin(
                        parameters.rlwe(),
                        secretKeys.get(index),
                        SeededRandom.ofInsecureNumber(seed).fork("reference"),
                        keyHolders.get(index),
                        keyHolders,
                        List.of(),
                        SeededRandom.ofInsecureNumber(seed).fork("noise" + index))));
  }

  PublicKey publicKey() {
    return publicKeys.getFirst();
  }

  SecretKey insecureSecretKey() {
    return SecretKey.insecureSum(parameters.rlwe(), secretKeys);
  }

  /** What one key holder does, given its number. */
  interface Program<R> {
    R run(int index, org.secolab.foundation.transport.Session session)
        throws ProtocolAbortException;
  }

  <R> List<R> run(Program<R> program) throws ProtocolAbortException {
    SequencedMap<PartyId, EmbeddedParties.Program<R>> programs = new LinkedHashMap<>();
    for (int i = 0; i < keyHolders.size(); i++) {
      int index = i;
      programs.put(keyHolders.get(i), session -> program.run(index, session));
    }
    return List.copyOf(EmbeddedParties.run(new SessionId(1, 2), programs).values());
  }
}
