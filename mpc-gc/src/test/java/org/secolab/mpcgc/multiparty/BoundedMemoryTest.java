package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.CircuitBuilder;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Word;
import org.secolab.mpcgc.circuit.Words;

/** 100 million AND gates by three parties in one process with a heap of 512 MB. */
@Tag("large")
class BoundedMemoryTest {
  private static final long GATES = 100_000_000;

  /** Counts what comes and keeps nothing. */
  private static final class CountingRows implements RowStore {
    private final AtomicLong words = new AtomicLong();

    @Override
    public void put(RowPass pass) {
      words.addAndGet(pass.words());
    }

    @Override
    public RowPass take() {
      throw new IllegalStateException("expected nobody to evaluate");
    }

    @Override
    public long heapBytes() {
      return 0;
    }

    @Override
    public long storedBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void hundredMillionGates_fitIntoTheHeap() throws ProtocolAbortException {
    long heap = Runtime.getRuntime().maxMemory();
    assertTrue(heap <= 512L << 20, "expected a heap of 512 MB, got " + (heap >> 20));
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    Word y = builder.input("y", new InputKind.EvaluatorInput(), 32);
    Word k = builder.input("k", new InputKind.SetupKnown(1), 32);
    Word product = words.multiply(words.multiply(words.multiply(y, y), y), k);
    Circuit circuit = builder.output("x", product).build();
    int instances = (int) (GATES / circuit.garbledAndCount()) + 1;
    BatchId id = new BatchId(0, 0, 0);
    CountingRows rows = new CountingRows();
    Parties run = new Parties(2, 1);
    run.recording = false;
    run.run(
        (session, self, garbler, random) -> {
          Map<String, long[]> own = self == 1 ? Map.of("k", new long[instances]) : Map.of();
          garbler.garble(session, id, circuit, instances, own, random).close();
        },
        (session, evaluator, random) -> {
          evaluator.receive(session, id, circuit, instances, rows, random).close();
          return new long[0];
        });
    long gates = (long) circuit.garbledAndCount() * instances;
    assertTrue(gates >= GATES);
    // Six blocks per gate, and a bit; whatever is behind the last instance of a pass on top.
    assertEquals(6 * 16 * gates + gates / 8, 8 * rows.words.get(), 0.01 * 96 * gates);
  }
}
