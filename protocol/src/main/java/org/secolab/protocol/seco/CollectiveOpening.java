package org.secolab.protocol.seco;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.protocol.cut.ServerKeys;
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

  /**
   * A remote server's side: sums everybody's c_1 itself, so that its share always contains its own
   * fresh mask and cannot be turned into a decryption of something else.
   *
   * @param own what this server adds to the sum
   * @param secondType the message that carries c_1
   * @param senders whose c_1 comes, besides its own
   */
  static void share(
      Session session,
      ServerKeys keys,
      SelectedCiphertexts own,
      MessageType<PolynomialBatch> secondType,
      Collection<PartyId> senders,
      List<BitSet> positions,
      RandomSource random)
      throws ProtocolAbortException {
    Inbox<PolynomialBatch> seconds =
        session.exchange(
            new PlainRound<>(
                secondType,
                Outbox.toAll(keys.otherRemotes(session.self()), new PolynomialBatch(own.c1())),
                senders));
    List<List<RnsPolynomial>> all = new ArrayList<>(List.of(own.c1()));
    seconds.messages().values().forEach(message -> all.add(message.polynomials()));
    List<RnsPolynomial> c1 = SelectedCiphertexts.sumOfPolynomials(all);
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
