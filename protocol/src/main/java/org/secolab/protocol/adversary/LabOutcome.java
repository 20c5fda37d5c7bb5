package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;

/**
 * Both runs of a lab.
 *
 * @param nanos wall time of both
 */
public record LabOutcome(AttackLab lab, Finding weakened, Finding standard, long nanos) {
  /**
   * Runs several labs. What they draw does not depend on how many run at a time.
   *
   * @param sideBySide how many at a time
   * @param finished told whenever one has ended, on a thread of its own
   * @return their outcomes, in the given order
   * @throws ProtocolAbortException from the first of them that failed
   */
  public static List<LabOutcome> of(
      List<AttackLab> labs, int sideBySide, Runnable finished, RandomSource random)
      throws ProtocolAbortException, InterruptedException {
    List<Future<LabOutcome>> running = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(sideBySide)) {
      for (AttackLab lab : labs) {
        RandomSource own = random.fork(lab.name());
        running.add(
            workers.submit(
                () -> {
                  LabOutcome outcome = of(lab, own);
                  finished.run();
                  return outcome;
                }));
      }
      List<LabOutcome> outcomes = new ArrayList<>();
      try {
        for (Future<LabOutcome> lab : running) {
          outcomes.add(lab.get());
        }
        return outcomes;
      } catch (ExecutionException e) {
        workers.shutdownNow();
        switch (e.getCause()) {
          case ProtocolAbortException cause -> throw cause;
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw new AssertionError(e);
        }
      }
    }
  }

  /**
   * Runs {@code lab}.
   *
   * @param random the lab's own
   */
  public static LabOutcome of(AttackLab lab, RandomSource random) throws ProtocolAbortException {
    long start = System.nanoTime();
    Finding weakened = lab.onWeakened(random.fork("weakened"));
    Finding standard = lab.onStandard(random.fork("default"));
    return new LabOutcome(lab, weakened, standard, System.nanoTime() - start);
  }

  /** The attack works where the guard is missing, and does no better than guessing elsewhere. */
  public boolean isAsExpected() {
    return weakened.succeeded() && !standard.succeeded();
  }
}
