package org.secolab.protocol.inference;

import java.util.List;

/**
 * What a party is left with.
 *
 * @param outputs residues, one array for each input; the user's only
 * @param participationNanos from the input's arrival until the user only waits, summed over inputs
 * @param waitingNanos from the input's arrival to the result, summed over inputs
 * @param peakMaterialBytes the most one-time material held at once
 */
public record PartyOutcome(
    List<long[]> outputs, long participationNanos, long waitingNanos, long peakMaterialBytes) {
  /** A server has no outputs. */
  public static PartyOutcome ofServer(long peakMaterialBytes) {
    return new PartyOutcome(List.of(), 0, 0, peakMaterialBytes);
  }
}
