package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.FloodingSampler;
import org.secolab.lattice.sample.UniformSampler;

/**
 * From a ciphertext of m to additive shares of m modulo t: every key holder but one draws a uniform
 * M_i and sends s_i·c_1 + flood − round(q·M_i/t) to that one, who decrypts m − Σ M_i, its share.
 */
public final class CiphertextToShares {
  private CiphertextToShares() {}

  /** The side of a party whose share is its own random choice, which the round leads to. */
  public static final class Masking implements Round<RoundedBatch, List<long[]>> {
    private final MessageType<RoundedBatch> type;
    private final Outbox<RoundedBatch> outbox;
    private final List<long[]> masks;

    private Masking(
        MessageType<RoundedBatch> type, Outbox<RoundedBatch> outbox, List<long[]> masks) {
      this.type = type;
      this.outbox = outbox;
      this.masks = masks;
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

    /** M_i for each ciphertext: N residues modulo t, zero where nothing was asked for. */
    @Override
    public List<long[]> receive(Inbox<RoundedBatch> inbox) {
      return masks;
    }
  }

  /**
   * The side of everybody but the receiver.
   *
   * @param c1 c_1 of each ciphertext, in {@link Domain#EVALUATION}
   * @param positions which coefficients of each are wanted
   * @param secretKey this party's share s_i
   */
  public static Masking mask(
      BfvParameters parameters,
      List<RnsPolynomial> c1,
      List<BitSet> positions,
      SecretKey secretKey,
      PartyId receiver,
      Flooding flooding,
      RandomSource random) {
    if (c1.size() != positions.size()) {
      throw new IllegalArgumentException(
          "expected as many sets of coefficients as ciphertexts, got "
              + positions.size()
              + " and "
              + c1.size());
    }
    PlaintextModulus t = parameters.plaintextModulus();
    FloodingSampler sampler = new FloodingSampler(parameters.ring(), flooding.bound());
    List<RoundedPolynomial> shares = new ArrayList<>();
    List<long[]> masks = new ArrayList<>();
    for (int i = 0; i < c1.size(); i++) {
      secretKey.claimShare(c1.get(i));
      long[] drawn = new long[positions.get(i).cardinality()];
      UniformSampler.fill(drawn, t.value(), random);
      long[] mask = new long[parameters.degree()];
      int next = 0;
      for (int at = positions.get(i).nextSetBit(0); at >= 0; ) {
        mask[at] = drawn[next++];
        at = positions.get(i).nextSetBit(at + 1);
      }
      try (Scratch scratch = Scratch.open()) {
        RnsPolynomial share = CollectiveDecryption.keyTimes(scratch.copy(c1.get(i)), secretKey);
        sampler.addTo(parameters.encoder().subtractMessage(share, mask), random);
        shares.add(RoundedPolynomial.of(parameters, share, positions.get(i)));
      }
      masks.add(mask);
    }
    return new Masking(
        RoundedBatch.shares(parameters, positions),
        Outbox.to(receiver, new RoundedBatch(shares)),
        masks);
  }

  /** The receiver's side: a decryption, to whatever the others' masks leave. */
  public static CollectiveDecryption.Receiving receive(
      BfvParameters parameters,
      List<RoundedPolynomial> c0,
      List<RnsPolynomial> c1,
      SecretKey secretKey,
      Set<PartyId> others) {
    return CollectiveDecryption.receive(parameters, c0, c1, secretKey, others);
  }
}
