package org.secolab.mpcgc.multiparty;

import java.util.Arrays;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Planes;

/**
 * A garbler's rows of some consecutive gates on their way out: a section for every owner, gate by
 * gate, row by row; behind them, at the garbler whose labels point, the planes of lowest bits.
 */
final class RowBuffer implements Secret {
  private final Session session;
  private final GarblingParties parties;
  private final GarblingOptions options;
  private final int garblers;
  private final int self;
  private final boolean pointing;
  private final int[] at;
  final long[] rows;
  // Only where owners sum: what goes to one owner or came from a garbler, and the sum.
  private long[] section = {};
  private long[] sum = {};
  private int gates;
  private int count;
  private int words;
  private int filled;

  /**
   * Room for {@code gates} gates of {@code capacity} instances.
   *
   * @param pointing whether planes of lowest bits go along
   */
  RowBuffer(
      Session session,
      GarblingParties parties,
      GarblingOptions options,
      boolean pointing,
      int gates,
      int capacity) {
    this.session = session;
    this.parties = parties;
    this.options = options;
    this.pointing = pointing;
    garblers = parties.count();
    self = parties.indexOf(session.self());
    at = new int[garblers];
    int blocks = options.scheme().rowsSent(garblers) * capacity;
    rows = new long[gates * (2 * blocks + Planes.words(capacity))];
  }

  /** Starts a message of {@code number} gates of {@code instances} instances. */
  void begin(int number, int instances) {
    gates = number;
    count = instances;
    words = Planes.words(instances);
    filled = 0;
  }

  private int rowsFor(int owner) {
    GarblingScheme scheme = options.scheme();
    return owner == self ? scheme.ownRows(garblers) : scheme.sums(garblers);
  }

  /** The first block of an owner's section; for g the end of all sections. */
  private int section(int owner) {
    int start = 0;
    for (int j = 0; j < owner; j++) {
      start += gates * rowsFor(j) * count;
    }
    return start;
  }

  /** Where the rows of the next gate go, for every owner. */
  int[] next() {
    for (int j = 0; j < garblers; j++) {
      at[j] = section(j) + filled * rowsFor(j) * count;
    }
    return at;
  }

  /**
   * Takes note of the labels that belong to the rows just made, and sends the message once it has
   * all its gates.
   *
   * @return whether it was sent
   */
  boolean add(long[] labelW) throws ProtocolAbortException {
    if (pointing) {
      int plane = 2 * section(garblers) + filled * words;
      for (int word = 0; word < words; word++) {
        long bits = 0;
        int end = Math.min(64, count - 64 * word);
        for (int i = 0; i < end; i++) {
          bits |= (labelW[2 * (64 * word + i)] & 1) << i;
        }
        rows[plane + word] = bits;
      }
    }
    filled++;
    if (filled < gates) {
      return false;
    }
    switch (options.delivery()) {
      case DIRECT -> {
        int length = 2 * section(garblers) + (pointing ? gates * words : 0);
        send(rows, length);
      }
      case SUMMED_AT_OWNER -> sendSums();
    }
    return true;
  }

  private void send(long[] message, int length) throws ProtocolAbortException {
    Messages.ROWS.send(session, parties.evaluator(), message, length);
  }

  private void sendSums() throws ProtocolAbortException {
    int sums = options.scheme().sums(garblers);
    int own = rowsFor(self);
    int length = 2 * gates * sums * count;
    if (section.length < length) {
      section = new long[length];
      sum = new long[length + gates * words];
    }
    for (int j = 0; j < garblers; j++) {
      if (j != self) {
        System.arraycopy(rows, 2 * section(j), section, 0, length);
        Messages.OWNER_ROWS.send(session, parties.garblers().get(j), section, length);
      }
    }
    Arrays.fill(sum, 0);
    for (int n = 0; n < gates; n++) {
      int from = section(self) + n * own * count;
      System.arraycopy(rows, 2 * from, sum, 2 * n * sums * count, 2 * own * count);
    }
    for (PartyId peer : parties.peers(self)) {
      Messages.OWNER_ROWS.receive(session, peer, section, length);
      Blocks.xorInto(sum, section, length / 2);
    }
    if (pointing) {
      System.arraycopy(rows, 2 * section(garblers), sum, length, gates * words);
    }
    send(sum, length + (pointing ? gates * words : 0));
  }

  /** Forgets the rows sent last. */
  @Override
  public void close() {
    for (long[] array : new long[][] {rows, section, sum}) {
      Arrays.fill(array, 0);
    }
  }

  @Override
  public String toString() {
    return "RowBuffer";
  }
}
