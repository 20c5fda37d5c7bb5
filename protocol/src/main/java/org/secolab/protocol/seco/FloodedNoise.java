package org.secolab.protocol.seco;

import org.secolab.lattice.rlwe.Flooding;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What rests on noise flooding. It adds up over all inferences under one key.
 *
 * @param coefficients how many are flooded
 * @param statisticalDistance of all of them together from noise that no secret is in
 */
public record FloodedNoise(long coefficients, double statisticalDistance) {
  static FloodedNoise of(long coefficients, Flooding flooding) {
    return new FloodedNoise(
        coefficients, coefficients * Math.pow(2, -flooding.statisticalSecurityBits()));
  }

  /**
   * What {@code inferences} inferences flood under the keys that a party has to do with: the user's
   * for the user, the servers' for a remote server, both for the gateway.
   */
  public static FloodedNoise of(Part part, long inferences) {
    FloodedNoise once =
        switch (part) {
          case UserPart user -> SecoPlan.of(user).floodedBeforeCut();
          case ServerPart server when server.party().equals(SplitPlan.GATEWAY) ->
              SecoPlan.of(server).flooded();
          case ServerPart server -> SecoPlan.of(server).floodedBehindCut();
        };
    return once.times(inferences);
  }

  FloodedNoise plus(FloodedNoise other) {
    return new FloodedNoise(
        coefficients + other.coefficients, statisticalDistance + other.statisticalDistance);
  }

  FloodedNoise times(long inferences) {
    return new FloodedNoise(coefficients * inferences, statisticalDistance * inferences);
  }

  /** log2 of the distance; negative infinity if nothing is flooded. */
  public double statisticalDistanceLog2() {
    return Math.log(statisticalDistance) / Math.log(2);
  }

  /** Whether less is left than real runs should keep; to a tenth of a bit, as reports show it. */
  public boolean isTooMuch() {
    return Math.round(10 * statisticalDistanceLog2())
        > -10L * Flooding.LEAST_STATISTICAL_SECURITY_BITS;
  }
}
