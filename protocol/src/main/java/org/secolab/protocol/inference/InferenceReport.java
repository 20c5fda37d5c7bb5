package org.secolab.protocol.inference;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.RecordingChannel;

/**
 * What came out of a run and what it cost. Lives as long as nobody writes to what it holds.
 *
 * @param outputs residues modulo the model's modulus, one array for each input
 * @param costs each party's books, user first
 * @param peakMaterialBytes the most one-time material each party held at once
 * @param userParticipationNanos from the input's arrival until the user only waits, summed over
 *     inputs
 * @param userWaitingNanos from the input's arrival to the result, summed over inputs
 * @param floodedCoefficients coefficients whose security rests on noise flooding
 * @param statisticalDistanceLog2 log2 of their total statistical distance; negative infinity for
 *     none
 * @param views every party's traffic, if it was asked for
 */
public record InferenceReport(
    List<long[]> outputs,
    SequencedMap<PartyId, CostMeter> costs,
    Map<PartyId, Long> peakMaterialBytes,
    long userParticipationNanos,
    long userWaitingNanos,
    long floodedCoefficients,
    double statisticalDistanceLog2,
    Map<PartyId, List<RecordingChannel.Entry>> views) {}
