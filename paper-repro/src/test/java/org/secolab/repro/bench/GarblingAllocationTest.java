package org.secolab.repro.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.multiparty.BatchId;
import org.secolab.mpcgc.multiparty.EvaluationBatch;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.GarblingTraffic;

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

  /** What each party allocates for one layer, in bytes. */
  private static final class Allocated {
    final long[] garble = new long[2];
    long kept;
    long receive;
    long evaluate;
  }

  private static long allocated() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
  }

  /** Garbles, ships and evaluates one layer among three parties. */
  private static Allocated run(GarblingBenchmarks.Layer layer, int values) throws Exception {
    layer.zeros = new long[values];
    BatchId id = layer.next();
    Allocated result = new Allocated();
    List<FutureTask<?>> garblers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int garbler = i;
      RandomSource source = layer.source(id, i);
      garblers.add(
          GarblingBenchmarks.start(
              () -> {
                long before = allocated();
                GarbledBatch batch = layer.garble(garbler, id, source);
                result.garble[garbler] = allocated() - before;
                result.kept = batch.storedBytes();
                batch.answer(layer.sessions.get(garbler), "y");
                return batch;
              }));
    }
    RandomSource source = layer.source(id, -1);
    GarblingBenchmarks.start(
            () -> {
              long before = allocated();
              EvaluationBatch batch = layer.receive(id, source);
              result.receive = allocated() - before - batch.storedBytes();
              batch.supply(layer.sessions.getLast(), "y", layer.zeros);
              before = allocated();
              batch.evaluate();
              result.evaluate = allocated() - before;
              return batch;
            })
        .get();
    for (FutureTask<?> garbler : garblers) {
      garbler.get();
    }
    return result;
  }

  /** Key batches that a layer begins: the stretches of instances that share a key. */
  private static long stretches(int values) {
    int instancesPerKey = TweakedHash.instancesPerKey(4 * 2);
    return (values + instancesPerKey - 1) / instancesPerKey;
  }

  /**
   * From 14,400 to 16,384 rectified values, eight passes both: what comes on top is what travels or
   * is kept, and keys. (A pass allocates for each of its messages, however many instances it has.)
   */
  @Test
  void layerOfThreeParties_allocatesNothingElsePerInstance() throws Exception {
    GarblingBenchmarks.Layer layer = new GarblingBenchmarks.Layer();
    layer.parties = 3;
    layer.open();
    int few = 14_400;
    int many = 16_384;
    // Classes are loaded and loops compiled here: interpreted code allocates what is never seen.
    run(layer, many);
    run(layer, many);
    Allocated small = run(layer, few);
    Allocated large = run(layer, many);
    long batches = stretches(many) - stretches(few);
    long rowKeys = GarblingBenchmarks.ANDS * batches;
    assertTrue(
        large.evaluate - small.evaluate <= 1024 * rowKeys + 8L * (many - few),
        "evaluating: " + (large.evaluate - small.evaluate) + " bytes, " + rowKeys + " keys");
    // Products have keys of their own.
    long keys = rowKeys + layer.circuit.andCount() * batches;
    long[] sent = new long[3];
    for (int sign = -1; sign <= 1; sign += 2) {
      int factor = sign;
      GarblingTraffic traffic =
          new GarblingTraffic(
              layer.roles, (from, to, bytes) -> sent[index(layer, from)] += factor * bytes);
      traffic.batch(layer.circuit, factor < 0 ? few : many);
    }
    for (int i = 0; i < 2; i++) {
      long more = large.garble[i] - small.garble[i];
      // The channel's own: every frame sent is an array of its own, once. Nothing is allocated
      // where it is received.
      long owned = sent[i] + large.kept - small.kept;
      assertTrue(more <= owned + 1024 * keys, "garbling: " + more + " for " + owned);
    }
    long more = large.receive - small.receive;
    assertTrue(more <= sent[2] + 1024 * rowKeys, "receiving: " + more + " for " + sent[2]);
  }

  private static int index(GarblingBenchmarks.Layer layer, PartyId party) {
    int garbler = layer.roles.garblers().indexOf(party);
    return garbler < 0 ? 2 : garbler;
  }
}
