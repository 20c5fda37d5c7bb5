package org.secolab.protocol.adversary;

import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;

/**
 * Both runs of a lab.
 *
 * @param nanos wall time of both
 */
public record LabOutcome(AttackLab lab, Finding weakened, Finding standard, long nanos) {
  /** Runs {@code lab}. */
  public static LabOutcome of(AttackLab lab, RandomSource random) throws ProtocolAbortException {
    long start = System.nanoTime();
    Finding weakened = lab.onWeakened(random.fork(lab.name() + ", weakened"));
    Finding standard = lab.onStandard(random.fork(lab.name() + ", default"));
    return new LabOutcome(lab, weakened, standard, System.nanoTime() - start);
  }

  /** The attack works where the guard is missing, and does no better than guessing elsewhere. */
  public boolean isAsExpected() {
    return weakened.succeeded() && !standard.succeeded();
  }
}
