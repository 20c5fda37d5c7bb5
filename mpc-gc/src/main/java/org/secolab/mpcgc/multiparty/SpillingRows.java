package org.secolab.mpcgc.multiparty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the heap as long as there is room, and from then on in a temporary file. Several batches
 * may draw on the same room.
 */
public final class SpillingRows implements RowStore {
  private final MemoryRows memory = new MemoryRows();
  private final AtomicLong room;
  private @Nullable FileRows file;
  private long held;

  /**
   * Nothing stored.
   *
   * @param room bytes of heap that all batches with this room may take together; what a batch takes
   *     it gives back
   */
  public SpillingRows(AtomicLong room) {
    this.room = room;
  }

  @Override
  public void put(RowPass pass) {
    long bytes = 8 * pass.words();
    if (file == null && room.addAndGet(-bytes) >= 0) {
      held += bytes;
      memory.put(pass);
      return;
    }
    try {
      if (file == null) {
        room.addAndGet(bytes);
        file = FileRows.temporary();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.put(pass);
  }

  @Override
  public RowPass take() {
    if (held == 0 && file != null) {
      return file.take();
    }
    RowPass pass = memory.take();
    giveBack(8 * pass.words());
    return pass;
  }

  private void giveBack(long bytes) {
    held -= bytes;
    room.addAndGet(bytes);
  }

  @Override
  public long heapBytes() {
    return held;
  }

  @Override
  public long storedBytes() {
    return held + (file == null ? 0 : file.storedBytes());
  }

  @Override
  public void close() {
    memory.close();
    giveBack(held);
    if (file != null) {
      file.close();
    }
  }

  @Override
  public String toString() {
    return "SpillingRows";
  }
}
