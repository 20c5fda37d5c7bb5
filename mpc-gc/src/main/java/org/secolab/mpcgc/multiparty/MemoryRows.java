package org.secolab.mpcgc.multiparty;

import java.util.ArrayDeque;
import java.util.Deque;

/** Rows in the heap. */
public final class MemoryRows implements RowStore {
  private final Deque<RowPass> passes = new ArrayDeque<>();

  @Override
  public void put(RowPass pass) {
    passes.addLast(pass);
  }

  @Override
  public RowPass take() {
    return passes.removeFirst();
  }

  @Override
  public long heapBytes() {
    return 8 * passes.stream().mapToLong(RowPass::words).sum();
  }

  @Override
  public long storedBytes() {
    return heapBytes();
  }

  @Override
  public void close() {
    passes.forEach(RowPass::clear);
    passes.clear();
  }

  @Override
  public String toString() {
    return "MemoryRows";
  }
}
