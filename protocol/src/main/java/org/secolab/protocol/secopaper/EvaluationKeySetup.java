package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.mhe.GaloisKeyGen;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.mhe.RelinearizationKeyGen;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.protocol.cut.KeySetup;
import org.secolab.protocol.cut.ServerKeys;

/**
 * Setup 1, the part that the paper does not mention: collective keys for relinearisation and for
 * rotations of slots.
 */
final class EvaluationKeySetup {
  private EvaluationKeySetup() {}

  /** Every server's side. */
  static CiphertextProducts.EvaluationKeys run(
      Session session, PaperPlan plan, ServerKeys keys, RandomSource random)
      throws ProtocolAbortException {
    RandomSource reference = KeySetup.commonReference(session.id()).fork("evaluation keys");
    Round<PolynomialBatch, Round<PolynomialBatch, RelinearizationKey>> first =
        RelinearizationKeyGen.begin(
            plan.parameters().rlwe(),
            keys.ownShare(),
            reference.fork("relinearisation"),
            session.self(),
            keys.servers(),
            random.fork("relinearisation"));
    RelinearizationKey relinearization = session.exchange(session.exchange(first));
    Map<Integer, GaloisKey> rotations = new HashMap<>();
    List<Integer> places = new ArrayList<>(plan.rotations());
    if (!places.isEmpty()) {
      SlotEncoder encoder = new SlotEncoder(plan.parameters());
      List<GaloisKey> made =
          session.exchange(
              GaloisKeyGen.begin(
                  plan.parameters().rlwe(),
                  places.stream().map(encoder::rotation).toList(),
                  keys.ownShare(),
                  reference.fork("rotations"),
                  session.self(),
                  keys.servers(),
                  random.fork("rotations")));
      for (int i = 0; i < places.size(); i++) {
        rotations.put(places.get(i), made.get(i));
      }
    }
    return new CiphertextProducts.EvaluationKeys(relinearization, rotations);
  }
}
