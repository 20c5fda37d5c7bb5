package org.secolab.mpcgc.ot;

import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.mpcgc.label.Delta;

/**
 * Deals both ends of base transfers: ideal, fast, and known to whoever runs it. In test scope only.
 */
public final class InsecureDealer {
  static final TransferName NAME =
      new TransferName(new SessionId(0, 0), "dealt", new PartyId("chooser"), new PartyId("sender"));

  private final SeedPairs pairs;
  private final ChosenSeeds chosen;

  /** 128 transfers whose choices are the bits of {@code choices}. */
  public InsecureDealer(Delta choices, RandomSource random) {
    long[][] strings = new long[2][2 * SeedPairs.COUNT];
    random.fill(strings[0]);
    random.fill(strings[1]);
    long[] picked = new long[2 * SeedPairs.COUNT];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = strings[(int) ChosenSeeds.bit(choices, i / 2)][i];
    }
    pairs = new SeedPairs(strings[0], strings[1]);
    chosen = new ChosenSeeds(choices.copy(), picked);
  }

  /** A master extension without trees; its receiver is the one who will own the next Δ. */
  public CotReceiver masterReceiver() {
    return new CotReceiver(1, NAME, pairs);
  }

  /** The other end of {@link #masterReceiver}. */
  public CotSender masterSender() {
    return new CotSender(1, NAME, chosen, new long[0]);
  }

  /** The sender's end. */
  SeedPairs pairs() {
    return pairs;
  }

  /** The receiver's end. */
  ChosenSeeds chosen() {
    return chosen;
  }
}
