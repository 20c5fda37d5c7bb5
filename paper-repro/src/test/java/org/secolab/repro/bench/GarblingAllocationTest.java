package org.secolab.repro.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.mpcgc.halfgate.TweakedHash;

/** Rows are made without allocating anything per instance: only a key per gate and key batch. */
class GarblingAllocationTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void rowsOfAGate_allocateAtMostOneKilobytePerKey(int parties) {
    GarblingBenchmarks.Gate gate = new GarblingBenchmarks.Gate();
    gate.parties = parties;
    gate.fill();
    GarblingBenchmarks benchmarks = new GarblingBenchmarks();
    for (int warm = 0; warm < 300; warm++) {
      benchmarks.rows(gate);
    }
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    int gates = 50;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int n = 0; n < gates; n++) {
      benchmarks.rows(gate);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    int instancesPerKey = TweakedHash.instancesPerKey(4 * (parties - 1));
    int keys = gates * (GarblingBenchmarks.GATE_INSTANCES / instancesPerKey);
    assertTrue(bytes <= 1024L * keys, bytes + " bytes for " + keys + " keys");
  }
}
