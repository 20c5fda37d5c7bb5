package org.secolab.repro.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;

/** Runs points, several at a time if asked to; what is finished already is not run again. */
public final class Sweep {
  /** Hears about finished points, one at a time. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A point is finished.
     *
     * @param done how many, those found finished included
     */
    void finished(Measurement measurement, int done, int total);
  }

  private Sweep() {}

  /**
   * Runs what is missing.
   *
   * @param parallel how many points at a time; times are comparable at 1 only
   * @return all points, in the given order
   * @throws ProtocolAbortException from the first point that failed; finished ones are kept
   */
  public static Runs run(List<Point> points, Results results, int parallel, Listener listener)
      throws IOException,
          InputFormatException,
          ModelFormatException,
          ProtocolAbortException,
          InterruptedException {
    List<Point> distinct = points.stream().distinct().toList();
    List<Measurement> finished = new ArrayList<>();
    List<Future<Measurement>> running = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(parallel)) {
      for (Point point : distinct) {
        var found = results.find(point);
        found.ifPresent(finished::add);
        if (found.isEmpty()) {
          running.add(
              workers.submit(
                  () -> {
                    Measurement measurement = Measurement.of(point);
                    results.keep(measurement);
                    return measurement;
                  }));
        }
      }
      try {
        for (Future<Measurement> future : running) {
          Measurement measurement = future.get();
          finished.add(measurement);
          listener.finished(measurement, finished.size(), distinct.size());
        }
      } catch (ExecutionException e) {
        workers.shutdownNow();
        switch (e.getCause()) {
          case ModelFormatException cause -> throw cause;
          case ProtocolAbortException cause -> throw cause;
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw new AssertionError(e);
        }
      }
    }
    return new Runs(finished);
  }
}
