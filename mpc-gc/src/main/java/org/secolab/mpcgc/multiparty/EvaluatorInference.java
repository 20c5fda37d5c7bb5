package org.secolab.mpcgc.multiparty;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.label.WordsMessage;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.TransferName;

/** What the evaluator has for one inference: transfers from every garbler, and the public seed. */
final class EvaluatorInference implements Secret {
  final int number;
  final CotReceiver[] receivers;
  final byte[] publicSeed;
  private final Set<BatchId> used = new HashSet<>();

  EvaluatorInference(
      Session session, GarblingParties parties, int number, int fieldBits, CotSender[] masters)
      throws ProtocolAbortException {
    this.number = number;
    int g = parties.count();
    receivers = new CotReceiver[g];
    SequencedMap<PartyId, WordsMessage> trees = new LinkedHashMap<>();
    for (int j = 0; j < g; j++) {
      PartyId garbler = parties.garblers().get(j);
      long[] renewal = Messages.RENEWAL.receive(session, garbler, CotReceiver.messageWords(1, 128));
      TransferName name =
          GarblerInference.name(session, parties, number, garbler, parties.evaluator());
      receivers[j] = new CotReceiver(fieldBits, name, masters[j].renew(renewal, name));
      trees.put(garbler, new WordsMessage(receivers[j].treeCorrections()));
    }
    Messages.TREES.send(session, new Outbox<>(trees));
    long[] shared = new long[GarblerInference.SEED_WORDS];
    for (PartyId garbler : parties.garblers()) {
      long[] part = Messages.SEEDS.receive(session, garbler, shared.length);
      for (int i = 0; i < shared.length; i++) {
        shared[i] ^= part[i];
      }
    }
    publicSeed = GarblerInference.bytes(shared);
  }

  /** Marks a batch as used. */
  void use(BatchId batch) {
    if (!used.add(batch)) {
      throw new IllegalArgumentException("expected a new batch, got " + batch + " again");
    }
  }

  @Override
  public void close() {
    for (CotReceiver receiver : receivers) {
      receiver.close();
    }
  }

  @Override
  public String toString() {
    return "EvaluatorInference";
  }
}
