package org.secolab.repro.experiment;

import java.util.List;
import java.util.Optional;

/**
 * Finished points.
 *
 * @param all of them, of all experiments
 */
public record Runs(List<Measurement> all) {
  public Runs {
    all = List.copyOf(all);
  }

  /** This very point. */
  public Optional<Measurement> find(Point point) {
    return all.stream().filter(run -> run.point().equals(point)).findFirst();
  }

  /** A protocol's runs of a model, the smallest split first. */
  public List<Measurement> of(String protocol, String model) {
    return all.stream()
        .filter(run -> run.point().protocol().equals(protocol))
        .filter(run -> run.point().model().equals(model))
        .sorted(java.util.Comparator.comparingInt(run -> run.point().split()))
        .toList();
  }
}
