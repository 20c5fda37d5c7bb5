package org.secolab.protocol.inference;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;
import org.secolab.foundation.wire.FrameHeader;

/**
 * What a run would look like, worked out without any cryptography.
 *
 * @param layers who computes which layer, and how
 * @param parameters how the encryption parameters were chosen, line by line
 * @param traffic predicted frames of a run; the measured ones must equal them
 * @param floodedCoefficients for each inference, coefficients whose secrecy rests on flooding
 * @param statisticalDistanceLog2 log2 of their total statistical distance, for each inference
 */
public record InferencePlan(
    List<PlannedLayer> layers,
    List<String> parameters,
    Traffic traffic,
    long floodedCoefficients,
    double statisticalDistanceLog2) {
  public InferencePlan {
    layers = List.copyOf(layers);
    parameters = List.copyOf(parameters);
  }

  /**
   * One layer.
   *
   * @param number from 1 on
   * @param name of the ONNX node
   * @param holder {@code gateway} or {@code remote servers}
   * @param what shapes and operation
   * @param how packing, or circuit
   */
  public record PlannedLayer(int number, String name, String holder, String what, String how) {}

  /** Frames and bytes for each scope and directed link. */
  public static final class Traffic {
    /**
     * A directed link in a scope.
     *
     * @param scope when and for which layer
     * @param from the sender
     * @param to the receiver
     */
    public record Flow(Scope scope, PartyId from, PartyId to) {}

    /**
     * What goes over it.
     *
     * @param messages frames
     * @param bytes with frame headers
     */
    public record Volume(long messages, long bytes) {}

    private final SequencedMap<Flow, Volume> flows = new LinkedHashMap<>();
    private int onlineTrips;

    /** Adds {@code count} frames of {@code payloadBytes} bytes each. */
    public void add(Scope scope, PartyId from, PartyId to, long payloadBytes, long count) {
      flows.merge(
          new Flow(scope, from, to),
          new Volume(count, count * (FrameHeader.BYTES + payloadBytes)),
          (a, b) -> new Volume(a.messages + b.messages, a.bytes + b.bytes));
    }

    /** Counts {@code trips} more messages between input and result that wait for one another. */
    public void addOnlineTrips(int trips) {
      onlineTrips += trips;
    }

    /**
     * Messages of one inference, each waiting for the one before, from the input to the result; 0
     * if not worked out.
     */
    public int onlineTrips() {
      return onlineTrips;
    }

    /**
     * A bound from below for the network's part of a phase: the busiest party's line, and online
     * also the trips that wait for one another.
     *
     * @param inferences how many inputs the plan is for
     */
    public long leastNanos(Phase phase, NetworkShape network, int inferences) {
      Map<PartyId, Long> sent = new HashMap<>();
      flows.forEach(
          (flow, volume) -> {
            if (flow.scope().phase() == phase) {
              sent.merge(flow.from(), volume.bytes(), Long::sum);
            }
          });
      long line = sent.values().stream().mapToLong(network::transmissionNanos).max().orElse(0);
      long trips =
          phase == Phase.ONLINE ? (long) onlineTrips * inferences * network.oneWayNanos() : 0;
      return Math.max(line, trips);
    }

    /** Everything, in the order it was first added. */
    public SequencedMap<Flow, Volume> flows() {
      return java.util.Collections.unmodifiableSequencedMap(flows);
    }
  }
}
