package org.secolab.repro.experiment;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.report.Section;

/**
 * A question put to the protocols: which points to run, and what to make of them. A new one is one
 * class and one {@code provides} line of a module on the path; {@code seco repro NAME} finds it.
 */
public interface Experiment {
  /** The name on the command line. */
  String name();

  /** The points to run; those that another experiment asks for too run once. */
  List<Point> points(Scale scale);

  /**
   * Tables, charts and verdicts.
   *
   * @param runs the points that are finished
   */
  Section section(Scale scale, Runs runs) throws ModelFormatException;

  /** The paper's experiments in its order, then everybody else's. */
  static List<Experiment> all() {
    return Stream.concat(
            PaperExperiments.ALL.stream(),
            ServiceLoader.load(Experiment.class).stream().map(ServiceLoader.Provider::get))
        .toList();
  }
}
