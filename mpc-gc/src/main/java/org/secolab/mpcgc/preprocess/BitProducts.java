package org.secolab.mpcgc.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
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
public final class BitProducts {
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
    long[][] sigma = new long[products.size()][words];
    shares(products, first, count, words, sigma);
    authenticate(products, count, words, sigma);
    for (long[] plane : sigma) {
      Arrays.fill(plane, 0);
    }
  }

  private void shares(List<Product> products, int first, int count, int words, long[][] sigma)
      throws ProtocolAbortException {
    int g = garblers.size();
    long[][] masked = new long[g][products.size() * words];
    long[][] differences = new long[g][words];
    long[][] keys = new long[g][];
    long[][] macs = new long[g][];
    for (int n = 0; n < products.size(); n++) {
      Product product = products.get(n);
      long[] a = shared.bits(product.left());
      long[] b = shared.bits(product.right());
      for (int i = 0; i < words; i++) {
        sigma[n][i] = a[i] & b[i];
      }
      if (g == 1) {
        continue;
      }
      for (int p = 0; p < g; p++) {
        if (p != self) {
          keys[p] = shared.key(p, product.left());
          macs[p] = shared.mac(p, product.left());
          System.arraycopy(b, 0, differences[p], 0, words);
        }
      }
      pads.add(product.gate(), first, count, self, delta, keys, macs, differences, sigma[n]);
      for (int p = 0; p < g; p++) {
        System.arraycopy(differences[p], 0, masked[p], n * words, words);
      }
    }
    if (g == 1) {
      return;
    }
    SequencedMap<PartyId, WordsMessage> outbox = new LinkedHashMap<>();
    for (int p = 0; p < g; p++) {
      if (p != self) {
        outbox.put(garblers.get(p), new WordsMessage(masked[p]));
      }
    }
    MessageType<WordsMessage> type =
        WordsMessage.type(0x0210, "product-bits", "Preprocessing 2", products.size() * words);
    Inbox<WordsMessage> inbox =
        session.exchange(new PlainRound<>(type, new Outbox<>(outbox), others()));
    for (PartyId peer : others()) {
      long[] received = inbox.from(peer).words();
      for (int n = 0; n < products.size(); n++) {
        long[] a = shared.bits(products.get(n).left());
        for (int i = 0; i < words; i++) {
          sigma[n][i] ^= a[i] & received[n * words + i];
        }
      }
    }
  }

  private void authenticate(List<Product> products, int count, int words, long[][] sigma)
      throws ProtocolAbortException {
    long[] corrections = new long[products.size() * words];
    for (int n = 0; n < products.size(); n++) {
      long[] place = shared.bits(products.get(n).result());
      for (int i = 0; i < words; i++) {
        corrections[n * words + i] = place[i] ^ sigma[n][i];
        place[i] = sigma[n][i];
      }
    }
    if (garblers.size() == 1) {
      return;
    }
    MessageType<WordsMessage> type =
        WordsMessage.type(0x0211, "product-corrections", "Preprocessing 3", corrections.length);
    Inbox<WordsMessage> inbox =
        session.exchange(
            new PlainRound<>(
                type, Outbox.toAll(others(), new WordsMessage(corrections)), others()));
    long[] plane = new long[words];
    for (int p = 0; p < garblers.size(); p++) {
      if (p != self) {
        long[] received = inbox.from(garblers.get(p)).words();
        for (int n = 0; n < products.size(); n++) {
          System.arraycopy(received, n * words, plane, 0, words);
          long[] key = shared.key(p, products.get(n).result());
          Blocks.xorWhere(plane, 0, delta.low(), delta.high(), key, 0, count);
        }
      }
    }
  }

  private List<PartyId> others() {
    List<PartyId> others = new ArrayList<>(garblers);
    others.remove(self);
    return others;
  }
}
