package org.secolab.mpcgc.multiparty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.Circuit;

/** Everybody tells everybody which batch comes next, so that a mix-up ends with a clear line. */
final class Agreement {
  /** Words of each message. */
  static final int WORDS = 6;

  private Agreement() {}

  static void reach(
      Session session,
      GarblingParties parties,
      GarblingOptions options,
      BatchId batch,
      Circuit circuit,
      int instances)
      throws ProtocolAbortException {
    ByteBuffer digest = ByteBuffer.wrap(circuit.digest());
    long[] mine = {
      batch.inference(),
      (long) batch.layer() << 32 | batch.chunk(),
      instances,
      options.code(),
      digest.getLong(),
      digest.getLong()
    };
    List<PartyId> others = new ArrayList<>(parties.garblers());
    others.add(parties.evaluator());
    others.remove(session.self());
    Messages.AGREEMENT.send(session, others, mine);
    for (PartyId other : others) {
      long[] theirs = Messages.AGREEMENT.receive(session, other, WORDS);
      if (!Arrays.equals(mine, theirs)) {
        throw new ProtocolAbortException(
            other,
            "expected "
                + batch
                + " with "
                + instances
                + " instances of "
                + circuit
                + ", got another batch, circuit or scheme");
      }
    }
  }
}
