package org.secolab.protocol.inference;

import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.modelio.fixed.FixedModel;

/**
 * Who holds which layers.
 *
 * @param cut the first {@code cut} layers are the gateway's; l in the paper
 * @param remoteServers how many remote servers share the others; m in the designs
 */
public record SplitPlan(int cut, int remoteServers) {
  /** The party with the input. */
  public static final PartyId USER = new PartyId("user");

  /** The server the user talks to; A in the formulas. */
  public static final PartyId GATEWAY = new PartyId("gateway");

  public SplitPlan {
    if (cut < 0) {
      throw new IllegalArgumentException("expected a split of at least 0, got " + cut);
    }
    if (remoteServers < 2 || remoteServers > 16) {
      throw new IllegalArgumentException("expected 2 to 16 remote servers, got " + remoteServers);
    }
  }

  /**
   * Refuses a cut at which this model cannot be cut.
   *
   * @throws IllegalArgumentException naming the possible ones
   */
  public void check(FixedModel model) {
    List<Integer> cuts = model.validCuts();
    if (!cuts.contains(cut)) {
      throw new IllegalArgumentException(
          "split: expected one of " + cuts + " for model " + model.name() + ", got " + cut);
    }
  }

  /** Remote server {@code index}, from 1 on. */
  public static PartyId remote(int index) {
    return new PartyId("remote" + index);
  }

  /** The remote servers in order. */
  public List<PartyId> remotes() {
    return java.util.stream.IntStream.rangeClosed(1, remoteServers)
        .mapToObj(SplitPlan::remote)
        .toList();
  }

  /** Gateway and remote servers. */
  public List<PartyId> servers() {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(GATEWAY), remotes().stream())
        .toList();
  }

  /** Everybody: user, gateway, remote servers. */
  public List<PartyId> parties() {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(USER), servers().stream())
        .toList();
  }

  /** Whether layer {@code number}, from 1 on, is the gateway's. */
  public boolean onGateway(int number) {
    return number <= cut;
  }
}
