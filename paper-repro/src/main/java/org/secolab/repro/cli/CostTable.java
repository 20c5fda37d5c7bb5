package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.Phase;
import org.secolab.protocol.inference.InferenceReport;

/** The costs of a run as a table, the user first. */
final class CostTable {
  private CostTable() {}

  /** Prints one row for each party and phase in which something happened. */
  static void print(InferenceReport report, int inferences, PrintWriter out) {
    printHeader(out);
    report.costs().forEach((party, meter) -> printRows(party, meter, out));
    out.println(
        "one-time material held: "
            + report.costs().keySet().stream()
                .map(
                    party ->
                        party + " " + bytes(report.peakMaterialBytes().getOrDefault(party, 0L)))
                .collect(Collectors.joining(", ")));
    printUserTimes(report.userParticipationNanos(), report.userWaitingNanos(), inferences, out);
    printFlooding(report.floodedCoefficients(), report.statisticalDistanceLog2(), out);
  }

  /** What rests on noise flooding; nothing, if nothing does. */
  static void printFlooding(long coefficients, double statisticalDistanceLog2, PrintWriter out) {
    if (coefficients > 0) {
      out.printf(
          Locale.ROOT,
          "noise flooding: %,d coefficients, total statistical distance 2^%.1f%n",
          coefficients,
          statisticalDistanceLog2);
    }
  }

  static void printHeader(PrintWriter out) {
    out.printf(
        "%-9s %-18s %12s %12s %6s %10s %10s%n",
        "party", "phase", "sent", "received", "rounds", "CPU ms", "wall ms");
  }

  /** One row for each phase in which this party did something. */
  static void printRows(PartyId party, CostMeter meter, PrintWriter out) {
    for (Phase phase : Phase.values()) {
      Cost cost = meter.total(phase);
      if (!cost.equals(Cost.ZERO)) {
        out.printf(
            Locale.ROOT,
            "%-9s %-18s %12s %12s %6d %10.1f %10.1f%n",
            party,
            phase.label(),
            bytes(cost.bytesSent()),
            bytes(cost.bytesReceived()),
            cost.rounds(),
            cost.cpuNanos() / 1e6,
            cost.wallNanos() / 1e6);
      }
    }
  }

  static void printUserTimes(
      long participationNanos, long waitingNanos, int inferences, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "user: active for %.1f ms, result after %.1f ms (per inference, online)%n",
        participationNanos / 1e6 / inferences,
        waitingNanos / 1e6 / inferences);
  }

  private static String bytes(long count) {
    if (count < 10_000) {
      return count + " B";
    }
    return count < 10_000_000
        ? String.format(Locale.ROOT, "%.1f kB", count / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }
}
