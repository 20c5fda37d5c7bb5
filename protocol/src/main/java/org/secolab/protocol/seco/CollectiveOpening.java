package org.secolab.protocol.seco;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.SelectedCiphertexts;

/** All servers help the gateway to decrypt a batch of ciphertexts, with flooded shares. */
final class CollectiveOpening {
  private CollectiveOpening() {}

  /** The gateway's side: the plaintext polynomials. */
  static List<long[]> receive(Session session, ServerKeys keys, SelectedCiphertexts sum)
      throws ProtocolAbortException {
    return session.exchange(
        CollectiveDecryption.receive(
            keys.parameters(), sum.c0(), sum.c1(), keys.ownShare(), Set.copyOf(keys.remotes())));
  }

  /** A remote server's side. */
  static void share(
      Session session,
      ServerKeys keys,
      List<RnsPolynomial> c1,
      List<BitSet> positions,
      RandomSource random)
      throws ProtocolAbortException {
    session.exchange(
        CollectiveDecryption.share(
            keys.parameters(),
            c1,
            positions,
            keys.ownShare(),
            SplitPlan.GATEWAY,
            keys.flooding(),
            random));
  }
}
