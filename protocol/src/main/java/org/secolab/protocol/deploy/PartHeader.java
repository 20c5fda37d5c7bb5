package org.secolab.protocol.deploy;

import org.secolab.foundation.party.PartyId;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What stands in every part.
 *
 * @param party whose part this is
 * @param split who holds which layers
 * @param model the deployment it belongs to
 * @param userKey parameters under the user's key, for layers before the cut and for the result; a
 *     remote server, which only encrypts under it, is not told the strength of the flooding
 * @param collectiveKey parameters under the servers' key, for layers behind the cut
 */
public record PartHeader(
    PartyId party,
    SplitPlan split,
    ModelHash model,
    ParameterSet userKey,
    ParameterSet collectiveKey) {
  /**
   * @throws IllegalArgumentException if the party is none of the split's
   */
  public PartHeader {
    if (!split.parties().contains(party)) {
      throw new IllegalArgumentException("expected one of " + split.parties() + ", got " + party);
    }
  }
}
