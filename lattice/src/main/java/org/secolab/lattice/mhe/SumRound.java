package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;

/**
 * The shape of most protocols here: every key holder sends a few ring elements to everybody, and
 * what comes of it is a function of their sums, element by element.
 */
final class SumRound<N> implements Round<PolynomialBatch, N> {
  private final MessageType<PolynomialBatch> type;
  private final List<RnsPolynomial> own; // what this party adds; zeros for an observer
  private final Outbox<PolynomialBatch> outbox;
  private final Set<PartyId> senders;
  private final Function<List<RnsPolynomial>, N> finish;

  private SumRound(
      MessageType<PolynomialBatch> type,
      List<RnsPolynomial> own,
      Outbox<PolynomialBatch> outbox,
      Collection<PartyId> senders,
      Function<List<RnsPolynomial>, N> finish) {
    this.type = type;
    this.own = own;
    this.outbox = outbox;
    this.senders = Set.copyOf(senders);
    this.finish = finish;
  }

  /**
   * A key holder's side.
   *
   * @param shares what it sends to all other key holders and to the observers
   * @param finish takes the sums, which it owns
   */
  static <N> SumRound<N> holder(
      MessageType<PolynomialBatch> type,
      List<RnsPolynomial> shares,
      PartyId self,
      List<PartyId> keyHolders,
      List<PartyId> observers,
      Function<List<RnsPolynomial>, N> finish) {
    Set<PartyId> others = KeyHolders.others(self, keyHolders);
    Set<PartyId> receivers = new LinkedHashSet<>(others);
    receivers.addAll(observers);
    return new SumRound<>(
        type, shares, Outbox.toAll(receivers, new PolynomialBatch(shares)), others, finish);
  }

  /** The side of somebody who only wants the result. */
  static <N> SumRound<N> observer(
      MessageType<PolynomialBatch> type,
      Ring ring,
      int count,
      List<PartyId> keyHolders,
      Function<List<RnsPolynomial>, N> finish) {
    List<RnsPolynomial> zeros = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      zeros.add(RnsPolynomial.zero(ring, Domain.EVALUATION));
    }
    return new SumRound<>(type, zeros, Outbox.empty(), keyHolders, finish);
  }

  @Override
  public MessageType<PolynomialBatch> type() {
    return type;
  }

  @Override
  public Outbox<PolynomialBatch> outbox() {
    return outbox;
  }

  @Override
  public Set<PartyId> senders() {
    return senders;
  }

  @Override
  public N receive(Inbox<PolynomialBatch> inbox) {
    List<RnsPolynomial> sums = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      RnsPolynomial sum = own.get(i).copy();
      for (PartyId sender : senders) {
        sum.addInPlace(inbox.from(sender).polynomials().get(i));
      }
      sums.add(sum);
    }
    return finish.apply(sums);
  }
}
