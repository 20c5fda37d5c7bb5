package org.secolab.lattice.bfv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What each step of a computation did to the noise: for reports and plots. */
public final class NoiseLedger {
  /**
   * One step.
   *
   * @param step what was done
   * @param estimatedLog2 log2 of the estimated standard deviation after it
   * @param measuredLog2 log2 of the measured one, where somebody measured
   * @param budgetLog2 bits of noise that may still come before decryption fails
   */
  public record Entry(
      String step, double estimatedLog2, OptionalDouble measuredLog2, double budgetLog2) {}

  private final List<Entry> entries = new ArrayList<>();

  /** Notes a step under the parameters that hold after it. */
  public NoiseLedger add(String step, BfvParameters parameters, NoiseEstimate estimate) {
    entries.add(
        new Entry(
            step,
            estimate.deviationLog2(),
            OptionalDouble.empty(),
            estimate.budgetLog2(parameters)));
    return this;
  }

  /** Notes a step with a measurement beside the estimate. */
  public NoiseLedger add(
      String step,
      BfvParameters parameters,
      NoiseEstimate estimate,
      InsecureNoiseMeter.Noise measured) {
    entries.add(
        new Entry(
            step,
            estimate.deviationLog2(),
            OptionalDouble.of(measured.deviationLog2()),
            estimate.budgetLog2(parameters)));
    return this;
  }

  /** The steps so far. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** A table, one line per step: estimated and measured bits of noise, and bits left. */
  @Override
  public String toString() {
    StringBuilder table =
        new StringBuilder("step                      estimated  measured  left\n");
    for (Entry entry : entries) {
      String measured =
          entry.measuredLog2().isPresent()
              ? String.format(Locale.ROOT, "%.1f", entry.measuredLog2().getAsDouble())
              : "-";
      table.append(
          String.format(
              Locale.ROOT,
              "%-25s %9.1f %9s %5.1f%n",
              entry.step(),
              entry.estimatedLog2(),
              measured,
              entry.budgetLog2()));
    }
    return table.toString();
  }
}
