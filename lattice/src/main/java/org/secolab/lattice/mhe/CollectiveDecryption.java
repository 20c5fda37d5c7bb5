package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.FloodingSampler;

/**
 * Decryption of a batch of ciphertexts towards one key holder, in one round: protocol 3 of the
 * paper (collective key switching) with the new key zero.
 *
 * <p>Each sharer must know c_1 of its own knowledge (a sum of parts it got and made itself): a
 * share for a c_1 that somebody else chose would be a decryption of his choice.
 */
public final class CollectiveDecryption {
  private CollectiveDecryption() {}

  /** A sharer's side; the result is the number of coefficients it flooded. */
  public static final class Sharing implements Round<RoundedBatch, Long> {
    private final MessageType<RoundedBatch> type;
    private final Outbox<RoundedBatch> outbox;
    private final long flooded;

    private Sharing(MessageType<RoundedBatch> type, Outbox<RoundedBatch> outbox, long flooded) {
      this.type = type;
      this.outbox = outbox;
      this.flooded = flooded;
    }

    @Override
    public MessageType<RoundedBatch> type() {
      return type;
    }

    @Override
    public Outbox<RoundedBatch> outbox() {
      return outbox;
    }

    @Override
    public Set<PartyId> senders() {
      return Set.of();
    }

    @Override
    public Long receive(Inbox<RoundedBatch> inbox) {
      return flooded;
    }
  }

  /** The receiver's side; the result is one message of N residues modulo t per ciphertext. */
  public static final class Receiving implements Round<RoundedBatch, List<long[]>> {
    private final BfvParameters parameters;
    private final MessageType<RoundedBatch> type;
    private final List<RoundedPolynomial> ownPart;
    private final Set<PartyId> sharers;

    private Receiving(
        BfvParameters parameters,
        MessageType<RoundedBatch> type,
        List<RoundedPolynomial> ownPart,
        Set<PartyId> sharers) {
      this.parameters = parameters;
      this.type = type;
      this.ownPart = ownPart;
      this.sharers = sharers;
    }

    @Override
    public MessageType<RoundedBatch> type() {
      return type;
    }

    @Override
    public Outbox<RoundedBatch> outbox() {
      return Outbox.empty();
    }

    @Override
    public Set<PartyId> senders() {
      return sharers;
    }

    @Override
    public List<long[]> receive(Inbox<RoundedBatch> inbox) {
      List<long[]> messages = new ArrayList<>();
      for (int i = 0; i < ownPart.size(); i++) {
        RoundedPolynomial sum = ownPart.get(i);
        for (PartyId sharer : sharers) {
          sum = sum.plus(inbox.from(sharer).polynomials().get(i));
        }
        messages.add(sum.decode(parameters));
      }
      return messages;
    }
  }

  /**
   * Either side, where everybody has the whole ciphertexts and each holds one message of N
   * coefficients.
   *
   * @param ciphertexts under the collective key
   * @param receiver who is to learn the messages, one of {@code keyHolders}
   * @param secretKey this party's share s_i
   * @param self this party, one of {@code keyHolders}
   * @return a round that leads to the messages at the receiver, and to an empty list elsewhere
   */
  public static Round<RoundedBatch, List<long[]>> towards(
      BfvParameters parameters,
      List<Ciphertext> ciphertexts,
      PartyId receiver,
      SecretKey secretKey,
      Flooding flooding,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    Set<PartyId> others = KeyHolders.others(self, keyHolders);
    BitSet everywhere = RoundedPolynomial.everywhere(parameters);
    List<Ciphertext> evaluated = ciphertexts.stream().map(Ciphertext::evaluated).toList();
    List<RnsPolynomial> c1 = evaluated.stream().map(Ciphertext::c1).toList();
    if (!self.equals(receiver)) {
      KeyHolders.others(receiver, keyHolders);
      List<BitSet> positions = Collections.nCopies(c1.size(), everywhere);
      return new SilentSharing(
          share(parameters, c1, positions, secretKey, receiver, flooding, random));
    }
    List<RoundedPolynomial> c0 = new ArrayList<>();
    for (Ciphertext ciphertext : evaluated) {
      try (Scratch scratch = Scratch.open()) {
        RnsPolynomial coefficients = scratch.copy(ciphertext.c0()).transformTo(Domain.COEFFICIENT);
        c0.add(RoundedPolynomial.of(parameters, coefficients, everywhere));
      }
    }
    return receive(parameters, c0, c1, secretKey, others);
  }

  /** A sharer's side, seen as one that leads to no message. */
  private static final class SilentSharing implements Round<RoundedBatch, List<long[]>> {
    private final Sharing sharing;

    SilentSharing(Sharing sharing) {
      this.sharing = sharing;
    }

    @Override
    public MessageType<RoundedBatch> type() {
      return sharing.type();
    }

    @Override
    public Outbox<RoundedBatch> outbox() {
      return sharing.outbox();
    }

    @Override
    public Set<PartyId> senders() {
      return sharing.senders();
    }

    @Override
    public List<long[]> receive(Inbox<RoundedBatch> inbox) {
      return List.of();
    }
  }

  /**
   * The side of a party that helps another to decrypt. Every share is flooded afresh, so two for
   * one ciphertext would cancel each other's protection: the key refuses a second one.
   *
   * @param c1 c_1 of each ciphertext, in {@link Domain#EVALUATION}
   * @param positions which coefficients of each the receiver is to learn
   * @param secretKey this party's share s_i
   */
  public static Sharing share(
      BfvParameters parameters,
      List<RnsPolynomial> c1,
      List<BitSet> positions,
      SecretKey secretKey,
      PartyId receiver,
      Flooding flooding,
      RandomSource random) {
    expectAlike(c1.size(), positions.size());
    FloodingSampler sampler = new FloodingSampler(parameters.ring(), flooding.bound());
    List<RoundedPolynomial> shares = new ArrayList<>();
    long flooded = 0;
    for (int i = 0; i < c1.size(); i++) {
      secretKey.claimShare(c1.get(i));
      try (Scratch scratch = Scratch.open()) {
        RnsPolynomial share = keyTimes(scratch.copy(c1.get(i)), secretKey);
        sampler.addTo(share, random);
        shares.add(RoundedPolynomial.of(parameters, share, positions.get(i)));
      }
      flooded += positions.get(i).cardinality();
    }
    return new Sharing(
        RoundedBatch.shares(parameters, positions),
        Outbox.to(receiver, new RoundedBatch(shares)),
        flooded);
  }

  /**
   * The receiver's side.
   *
   * @param c0 c_0 of each ciphertext, at the coefficients it is to learn
   * @param c1 c_1 of each ciphertext, in {@link Domain#EVALUATION}
   * @param secretKey the receiver's own share of the key
   * @param sharers all other key holders
   */
  public static Receiving receive(
      BfvParameters parameters,
      List<RoundedPolynomial> c0,
      List<RnsPolynomial> c1,
      SecretKey secretKey,
      Set<PartyId> sharers) {
    expectAlike(c1.size(), c0.size());
    List<RoundedPolynomial> ownPart = new ArrayList<>();
    for (int i = 0; i < c0.size(); i++) {
      try (Scratch scratch = Scratch.open()) {
        RnsPolynomial product = keyTimes(scratch.copy(c1.get(i)), secretKey);
        ownPart.add(
            c0.get(i).plus(RoundedPolynomial.of(parameters, product, c0.get(i).positions())));
      }
    }
    List<BitSet> positions = c0.stream().map(RoundedPolynomial::positions).toList();
    return new Receiving(
        parameters, RoundedBatch.shares(parameters, positions), ownPart, Set.copyOf(sharers));
  }

  /** s_i·c_1 in {@link Domain#COEFFICIENT}, in the place of c_1. */
  static RnsPolynomial keyTimes(RnsPolynomial c1, SecretKey secretKey) {
    return c1.multiplyInPlace(secretKey.evaluated()).transformTo(Domain.COEFFICIENT);
  }

  private static void expectAlike(int ciphertexts, int positions) {
    if (ciphertexts != positions) {
      throw new IllegalArgumentException(
          "expected as many sets of coefficients as ciphertexts, got "
              + positions
              + " and "
              + ciphertexts);
    }
  }
}
