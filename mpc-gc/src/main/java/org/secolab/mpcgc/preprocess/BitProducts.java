package org.secolab.mpcgc.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.mpcgc.halfgate.ProductPads;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;
import org.secolab.mpcgc.label.WordsMessage;

/**
 * Products σ = a·b of shared bits, for many gates and instances in two rounds: one bit per gate,
 * instance and ordered pair for the shares of σ, under pads from the transfers of a; one more to
 * authenticate σ: a fresh transfer of a random bit c lies ready at σ's place, its receiver sends c
 * + σ, and the sender corrects its K by (c + σ)·Δ.
 */
public final class BitProducts implements Secret {
  /**
   * One product.
   *
   * @param gate the gate's number in the circuit, for the pads
   * @param left place of a
   * @param right place of b
   * @param result place of a fresh transfer, where σ goes
   */
  public record Product(int gate, int left, int right, int result) {}

  private final Session session;
  private final List<PartyId> garblers;
  private final int self;
  private final Delta delta;
  private final ProductPads pads;
  private final SharedBits shared;
  private final List<PartyId> others;
  // Buffers for all products of a call, grown when needed: σ, then a plane per product and garbler.
  private long[] sigma = {};
  private final long[][] planes;
  private long[] received = {};

  /** Products on {@code shared}, among {@code garblers}, of which this party is number self. */
  public BitProducts(
      Session session,
      List<PartyId> garblers,
      int self,
      Delta delta,
      ProductPads pads,
      SharedBits shared) {
    this.session = session;
    this.garblers = List.copyOf(garblers);
    this.self = self;
    this.delta = delta;
    this.pads = pads;
    this.shared = shared;
    others = new ArrayList<>(garblers);
    others.remove(self);
    planes = new long[garblers.size()][0];
  }

  /**
   * Computes all products; no one may depend on another.
   *
   * @param first the number in the batch of the first instance
   * @param count how many instances
   */
  public void compute(List<Product> products, int first, int count) throws ProtocolAbortException {
    if (products.isEmpty()) {
      return;
    }
    int words = Planes.words(count);
    makeRoom(products.size() * words);
    shares(products, first, count, words);
    authenticate(products, count, words);
  }

  private void makeRoom(int words) {
    if (sigma.length < words) {
      close();
      sigma = new long[words];
      received = new long[words];
      for (int p = 0; p < planes.length; p++) {
        planes[p] = new long[words];
      }
    }
  }

  private void shares(List<Product> products, int first, int count, int words)
      throws ProtocolAbortException {
    int g = garblers.size();
    int length = products.size() * words;
    long[][] keys = new long[g][];
    long[][] macs = new long[g][];
    for (int n = 0; n < products.size(); n++) {
      Product product = products.get(n);
      long[] a = shared.bits(product.left());
      long[] b = shared.bits(product.right());
      for (int i = 0; i < words; i++) {
        sigma[n * words + i] = a[i] & b[i];
      }
      if (g == 1) {
        continue;
      }
      for (int p = 0; p < g; p++) {
        if (p != self) {
          keys[p] = shared.key(p, product.left());
          macs[p] = shared.mac(p, product.left());
          System.arraycopy(b, 0, planes[p], n * words, words);
        }
      }
      pads.add(product.gate(), first, count, self, delta, keys, macs, planes, sigma, n * words);
    }
    if (g == 1) {
      return;
    }
    SequencedMap<PartyId, WordsMessage> outbox = new LinkedHashMap<>();
    for (int p = 0; p < g; p++) {
      if (p != self) {
        outbox.put(garblers.get(p), new WordsMessage(planes[p], length));
      }
    }
    session.exchange(
        new PlainRound<>(
            type(0x0210, "product-bits", "2", length), new Outbox<>(outbox), Set.of()));
    for (PartyId peer : others) {
      receive(type(0x0210, "product-bits", "2", length), peer);
      for (int n = 0; n < products.size(); n++) {
        long[] a = shared.bits(products.get(n).left());
        for (int i = 0; i < words; i++) {
          sigma[n * words + i] ^= a[i] & received[n * words + i];
        }
      }
    }
  }

  private void authenticate(List<Product> products, int count, int words)
      throws ProtocolAbortException {
    int length = products.size() * words;
    long[] corrections = planes[self];
    for (int n = 0; n < products.size(); n++) {
      long[] place = shared.bits(products.get(n).result());
      for (int i = 0; i < words; i++) {
        corrections[n * words + i] = place[i] ^ sigma[n * words + i];
        place[i] = sigma[n * words + i];
      }
    }
    if (garblers.size() == 1) {
      return;
    }
    MessageType<WordsMessage> type = type(0x0211, "product-corrections", "3", length);
    WordsMessage message = new WordsMessage(corrections, length);
    session.exchange(PlainRound.send(type, others, message));
    for (PartyId peer : others) {
      receive(type, peer);
      for (int n = 0; n < products.size(); n++) {
        long[] key = shared.key(garblers.indexOf(peer), products.get(n).result());
        Blocks.xorWhere(received, 64 * n * words, delta.low(), delta.high(), key, 0, count);
      }
    }
  }

  private MessageType<WordsMessage> type(int code, String name, String step, int length) {
    return WordsMessage.type(code, name, "Preprocessing " + step, received, length);
  }

  /** Waits for the next planes of {@code peer}, which go to the common buffer. */
  private void receive(MessageType<WordsMessage> type, PartyId peer) throws ProtocolAbortException {
    session.exchange(PlainRound.receive(type, List.of(peer)));
  }

  /** Forgets the planes of the last products. */
  @Override
  public void close() {
    Arrays.fill(sigma, 0);
    Arrays.fill(received, 0);
    for (long[] plane : planes) {
      Arrays.fill(plane, 0);
    }
  }

  @Override
  public String toString() {
    return "BitProducts";
  }
}
