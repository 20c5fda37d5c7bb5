package org.secolab.mpcgc.multiparty;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.mpcgc.label.WordsMessage;

/** The kinds of messages of garbling; all are words of a length known to the receiver. */
enum Messages {
  AGREEMENT(0x0220, "batch-agreement", "Garbling 0"),
  RENEWAL(0x0221, "transfer-renewal", "Inference 1"),
  TREES(0x0222, "seed-trees", "Inference 2"),
  SEEDS(0x0223, "inference-seeds", "Inference 3"),
  TRANSFERS(0x0224, "correlated-transfers", "Preprocessing 1"),
  EVALUATOR_TRANSFERS(0x0225, "evaluator-transfers", "Preprocessing 1"),
  ROWS(0x0226, "rows", "Garbling 1"),
  OUTPUT_MASKS(0x0227, "output-masks", "Garbling 2"),
  MASKED_INPUT(0x0228, "masked-input", "Online 1"),
  LABELS(0x0229, "labels", "Online 2"),
  OWNER_ROWS(0x022a, "owner-rows", "Garbling 1"),
  FORWARD_CHOICES(0x022b, "forward-choices", "Forwarding 1"),
  FORWARD_OFFER(0x022c, "forward-offer", "Forwarding 2"),
  MASKED_OUTPUT(0x022d, "masked-output", "Online 3");

  private final int code;
  private final String label;
  private final String step;

  Messages(int code, String label, String step) {
    this.code = code;
    this.label = label;
    this.step = step;
  }

  MessageType<WordsMessage> type(int length) {
    return WordsMessage.type(code, label, step, length);
  }

  /** Sends {@code words} to all {@code receivers}. */
  void send(Session session, Collection<PartyId> receivers, long[] words)
      throws ProtocolAbortException {
    send(session, Outbox.toAll(receivers, new WordsMessage(words)));
  }

  /** Sends what is in {@code outbox}. */
  void send(Session session, Outbox<WordsMessage> outbox) throws ProtocolAbortException {
    session.exchange(new PlainRound<>(type(0), outbox, Set.of()));
  }

  /** Sends the first {@code length} of {@code words} to {@code receiver}. */
  void send(Session session, PartyId receiver, long[] words, int length)
      throws ProtocolAbortException {
    send(session, Outbox.to(receiver, new WordsMessage(words, length)));
  }

  /** Waits for one message from {@code sender} that goes to the front of {@code target}. */
  void receive(Session session, PartyId sender, long[] target, int length)
      throws ProtocolAbortException {
    MessageType<WordsMessage> type = WordsMessage.type(code, label, step, target, length);
    session.exchange(PlainRound.receive(type, List.of(sender)));
  }

  /** Waits for one message of {@code length} words from {@code sender}. */
  long[] receive(Session session, PartyId sender, int length) throws ProtocolAbortException {
    return session.exchange(PlainRound.receive(type(length), List.of(sender))).from(sender).words();
  }
}
