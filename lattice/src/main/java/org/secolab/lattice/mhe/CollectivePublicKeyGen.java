package org.secolab.lattice.mhe;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;

/** The collective public key of all key holders, in one round (protocol 1 of the paper). */
public final class CollectivePublicKeyGen implements Round<PublicKeyShare, PublicKey> {
  private final MessageType<PublicKeyShare> type;
  private final RlweParameters parameters;
  private final UniformSeed seed;
  private final @Nullable RnsPolynomial ownShare;
  private final Outbox<PublicKeyShare> outbox;
  private final Set<PartyId> senders;

  private CollectivePublicKeyGen(
      RlweParameters parameters,
      UniformSeed seed,
      @Nullable RnsPolynomial ownShare,
      Outbox<PublicKeyShare> outbox,
      Collection<PartyId> senders) {
    type = PublicKeyShare.type(parameters);
    this.parameters = parameters;
    this.seed = seed;
    this.ownShare = ownShare;
    this.outbox = outbox;
    this.senders = Set.copyOf(senders);
  }

  /**
   * A key holder's side.
   *
   * @param secretKey this party's share s_i
   * @param reference the common reference string: a source that all parties fork alike from a seed
   *     they agreed on
   * @param self this party, one of {@code keyHolders}
   * @param keyHolders everybody with a share of the key, at least two
   * @param observers who else is to get the key
   */
  public static CollectivePublicKeyGen begin(
      RlweParameters parameters,
      SecretKey secretKey,
      RandomSource reference,
      PartyId self,
      List<PartyId> keyHolders,
      List<PartyId> observers,
      RandomSource random) {
    Set<PartyId> others = KeyHolders.others(self, keyHolders);
    UniformSeed seed = UniformSeed.draw(reference);
    RnsPolynomial p1 = seed.expand(parameters.ring(), 0);
    RnsPolynomial share = PublicKey.share(p1, secretKey, random);
    Set<PartyId> receivers = new LinkedHashSet<>(others);
    receivers.addAll(observers);
    return new CollectivePublicKeyGen(
        parameters, seed, share, Outbox.toAll(receivers, new PublicKeyShare(share)), others);
  }

  /** The side of somebody who only wants the key. */
  public static CollectivePublicKeyGen observe(
      RlweParameters parameters, RandomSource reference, List<PartyId> keyHolders) {
    return new CollectivePublicKeyGen(
        parameters, UniformSeed.draw(reference), null, Outbox.empty(), keyHolders);
  }

  @Override
  public MessageType<PublicKeyShare> type() {
    return type;
  }

  @Override
  public Outbox<PublicKeyShare> outbox() {
    return outbox;
  }

  @Override
  public Set<PartyId> senders() {
    return senders;
  }

  @Override
  public PublicKey receive(Inbox<PublicKeyShare> inbox) {
    RnsPolynomial sum =
        ownShare == null
            ? RnsPolynomial.zero(parameters.ring(), Domain.EVALUATION)
            : ownShare.copy();
    for (PartyId sender : senders) {
      sum.addInPlace(inbox.from(sender).p0());
    }
    return PublicKey.ofSeed(sum, seed);
  }
}
