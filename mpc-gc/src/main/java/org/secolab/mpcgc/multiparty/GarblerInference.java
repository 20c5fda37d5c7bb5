package org.secolab.mpcgc.multiparty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.WordsMessage;
import org.secolab.mpcgc.ot.ChosenSeeds;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.TransferName;

/**
 * What a garbler has for one inference: a fresh Δ, correlated transfers under it in both directions
 * with every other garbler and towards the evaluator, the public seed of the hash, and seeds shared
 * with each other garbler for re-randomising outputs.
 */
final class GarblerInference implements Secret {
  static final int SEED_WORDS = SeededRandom.SEED_BYTES / 8;

  final int number;
  final Delta delta;
  final @Nullable CotSender[] senders;
  final @Nullable CotReceiver[] receivers;
  final CotSender toEvaluator;
  final byte[] publicSeed;
  private final @Nullable SeededRandom[] zeroShares;
  private final Set<BatchId> used = new HashSet<>();

  /**
   * Begins inference {@code number}: the base transfers of the new Δ come out of the master
   * transfers in the opposite direction.
   */
  GarblerInference(
      Session session,
      GarblingParties parties,
      int number,
      int fieldBits,
      @Nullable CotReceiver[] masterReceivers,
      @Nullable CotSender[] masterSenders,
      CotReceiver masterEvaluator,
      RandomSource random)
      throws ProtocolAbortException {
    this.number = number;
    int g = parties.count();
    PartyId own = session.self();
    int self = parties.indexOf(own);
    List<PartyId> peers = parties.peers(self);
    delta = new Delta(random.fork("delta"));
    senders = new CotSender[g];
    receivers = new CotReceiver[g];
    zeroShares = new SeededRandom[g];

    @Nullable ChosenSeeds[] chosen = new ChosenSeeds[g + 1];
    SequencedMap<PartyId, WordsMessage> renewals = new LinkedHashMap<>();
    for (int p = 0; p <= g; p++) {
      CotReceiver master = p == g ? masterEvaluator : masterReceivers[p];
      if (master != null) {
        long[] message = new long[CotReceiver.messageWords(1, 128)];
        PartyId peer = p == g ? parties.evaluator() : parties.garblers().get(p);
        chosen[p] = master.renew(delta.copy(), message, name(session, parties, number, own, peer));
        renewals.put(peer, new WordsMessage(message));
      }
    }
    Messages.RENEWAL.send(session, new Outbox<>(renewals));

    SequencedMap<PartyId, WordsMessage> trees = new LinkedHashMap<>();
    for (int p = 0; p < g; p++) {
      CotSender master = masterSenders[p];
      if (master != null) {
        PartyId peer = parties.garblers().get(p);
        long[] renewal = Messages.RENEWAL.receive(session, peer, CotReceiver.messageWords(1, 128));
        TransferName name = name(session, parties, number, peer, own);
        CotReceiver receiver = new CotReceiver(fieldBits, name, master.renew(renewal, name));
        receivers[p] = receiver;
        trees.put(peer, new WordsMessage(receiver.treeCorrections()));
      }
    }
    Messages.TREES.send(session, new Outbox<>(trees));
    int treeWords = CotSender.treeCorrectionWords(fieldBits);
    CotSender last = null;
    for (int p = 0; p <= g; p++) {
      ChosenSeeds seeds = chosen[p];
      if (seeds != null) {
        PartyId peer = p == g ? parties.evaluator() : parties.garblers().get(p);
        long[] corrections = Messages.TREES.receive(session, peer, treeWords);
        TransferName name = name(session, parties, number, own, peer);
        last = new CotSender(fieldBits, name, seeds, corrections);
        if (p < g) {
          senders[p] = last;
        }
      }
    }
    if (last == null) {
      throw new AssertionError("the evaluator comes last and is always there");
    }
    toEvaluator = last;

    // Now that every Δ is fixed: the public seed, and one seed per pair.
    RandomSource seedRandom = random.fork("seeds");
    long[] shared = new long[SEED_WORDS];
    seedRandom.fill(shared);
    SequencedMap<PartyId, WordsMessage> outbox = new LinkedHashMap<>();
    outbox.put(parties.evaluator(), new WordsMessage(shared.clone()));
    long[][] pairs = new long[g][SEED_WORDS];
    for (int p = 0; p < g; p++) {
      if (p != self) {
        seedRandom.fill(pairs[p]);
        long[] both = new long[2 * SEED_WORDS];
        System.arraycopy(shared, 0, both, 0, SEED_WORDS);
        System.arraycopy(pairs[p], 0, both, SEED_WORDS, SEED_WORDS);
        outbox.put(parties.garblers().get(p), new WordsMessage(both));
      }
    }
    Messages.SEEDS.send(session, new Outbox<>(outbox));
    for (PartyId peer : peers) {
      int p = parties.indexOf(peer);
      long[] both = Messages.SEEDS.receive(session, peer, 2 * SEED_WORDS);
      for (int i = 0; i < SEED_WORDS; i++) {
        shared[i] ^= both[i];
        pairs[p][i] ^= both[SEED_WORDS + i];
      }
      zeroShares[p] = new SeededRandom(bytes(pairs[p]));
      Arrays.fill(pairs[p], 0);
    }
    publicSeed = bytes(shared);
  }

  static byte[] bytes(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * words.length);
    for (long word : words) {
      bytes.putLong(word);
    }
    return bytes.array();
  }

  /** Names the transfers under the Δ of {@code owner}, whose bits choose, towards another party. */
  static TransferName name(
      Session session, GarblingParties parties, int number, PartyId owner, PartyId other) {
    return parties.transfers(session.id(), "inference " + number, owner, other);
  }

  /** Marks a batch as used. */
  void use(BatchId batch) {
    if (!used.add(batch)) {
      throw new IllegalArgumentException("expected a new batch, got " + batch + " again");
    }
  }

  /** The streams whose sum over all garblers is 0: one per other garbler, fresh for a batch. */
  List<RandomSource> zeroShares(BatchId batch) {
    List<RandomSource> streams = new ArrayList<>();
    for (SeededRandom stream : zeroShares) {
      if (stream != null) {
        streams.add(stream.fork("output/" + batch.layer() + "/" + batch.chunk()));
      }
    }
    return streams;
  }

  /** The transfers in which {@code peer} chooses. */
  CotSender sender(int peer) {
    return there(senders[peer]);
  }

  /** The transfers in which this garbler chooses and {@code peer} has Δ. */
  CotReceiver receiver(int peer) {
    return there(receivers[peer]);
  }

  private static <T> T there(@Nullable T link) {
    if (link == null) {
      throw new AssertionError("there are links to all other garblers");
    }
    return link;
  }

  @Override
  public void close() {
    delta.close();
    toEvaluator.close();
    for (int p = 0; p < senders.length; p++) {
      CotSender sender = senders[p];
      if (sender != null) {
        sender.close();
        receiver(p).close();
      }
    }
  }

  @Override
  public String toString() {
    return "GarblerInference";
  }
}
