package org.secolab.protocol.cut;

import java.util.concurrent.atomic.AtomicLong;
import org.secolab.mpcgc.multiparty.RowStore;
import org.secolab.mpcgc.multiparty.SpillingRows;

/**
 * Where an evaluator keeps garbled rows until it evaluates: {@value #HEAP_BYTES} bytes of them in
 * the heap, all others in temporary files. A deep network has more rows than a heap has room.
 */
public final class RowRoom {
  /** What the rows of all its batches may take of the heap. */
  static final long HEAP_BYTES = 1L << 28;

  private final AtomicLong room = new AtomicLong(HEAP_BYTES);

  /** A place for the rows of one more batch. */
  public RowStore place() {
    return new SpillingRows(room);
  }
}
