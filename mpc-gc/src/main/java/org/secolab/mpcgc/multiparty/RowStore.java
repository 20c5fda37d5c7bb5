package org.secolab.mpcgc.multiparty;

import org.secolab.foundation.secret.Secret;

/**
 * Where the evaluator keeps the rows of a batch between receiving and evaluating: pass by pass, in
 * order, each taken out once. Local failures are {@link java.io.UncheckedIOException}s.
 */
public interface RowStore extends Secret {
  /** Puts the next pass in; takes ownership of it. */
  void put(RowPass pass);

  /** Takes the next pass out. */
  RowPass take();

  /** The bytes of heap it holds now. */
  long heapBytes();

  /** The bytes it holds now, in the heap or elsewhere. */
  long storedBytes();
}
