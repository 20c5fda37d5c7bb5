package org.secolab.mpcgc.multiparty;

import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.HalfGates;

/**
 * What all parties of a garbling must agree on beforehand.
 *
 * @param scheme how rows look
 * @param delivery how rows reach the evaluator
 * @param fieldBits k of the correlated transfers, 1, 2, 4 or 8: each costs 16/k bytes
 */
public record GarblingOptions(GarblingScheme scheme, Delivery delivery, int fieldBits) {
  /** How rows reach the evaluator. */
  public enum Delivery {
    /** Every garbler sends all its rows to the evaluator, which adds them up on arrival. */
    DIRECT,
    /**
     * Every garbler sends rows to the owner of the labels they are for; the owner adds them up and
     * sends the sums. Fewer bytes for the evaluator, one more hop.
     */
    SUMMED_AT_OWNER
  }

  public GarblingOptions {
    if (fieldBits != 1 && fieldBits != 2 && fieldBits != 4 && fieldBits != 8) {
      throw new IllegalArgumentException("expected k of 1, 2, 4 or 8, got " + fieldBits);
    }
  }

  /** Half-gates, sent directly, k = 4. */
  public static GarblingOptions standard() {
    return new GarblingOptions(new HalfGates(), Delivery.DIRECT, 4);
  }

  /** A number that differs when options differ. */
  long code() {
    return toString().hashCode();
  }
}
