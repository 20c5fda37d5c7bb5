package org.secolab.repro.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.halfgate.FixedKeyPermutation;
import org.secolab.mpcgc.halfgate.GarblerOperands;
import org.secolab.mpcgc.halfgate.GateRun;
import org.secolab.mpcgc.halfgate.HalfGates;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.multiparty.BatchId;
import org.secolab.mpcgc.multiparty.EvaluationBatch;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.mpcgc.multiparty.GarblingParties;

/**
 * Garbling: what one party spends. The party in question runs on JMH's thread, the others on
 * threads that end within the operation and so are not counted.
 */
public class GarblingBenchmarks {
  private static final int RING_BITS = 32;
  private static final int SHIFT = 8;
  static final int GATE_INSTANCES = 4096;
  private static final int LAYER = 2048;

  /** AND gates with rows of one rectified value at 32 bits. */
  static final int ANDS = 85;

  /** Labels and shares of one AND gate, as one garbler has them. */
  @SuppressWarnings("NullAway.Init") // JMH fills it in by the method marked @Setup
  @State(Scope.Thread)
  public static class Gate {
    /** Garblers and evaluator. */
    @Param({"2", "3", "4", "5"})
    public int parties;

    TweakedHash hash;
    GarblerOperands operands;
    long[] rows;
    int[] at;
    long[] labelW = new long[2 * GATE_INSTANCES];
    long[] chosen = new long[GATE_INSTANCES / 64];
    int gate;

    /** Fills everything from a seed. */
    @Setup
    public void fill() {
      int garblers = parties - 1;
      HalfGates scheme = new HalfGates();
      RandomSource random = SeededRandom.ofInsecureNumber(1);
      hash =
          new TweakedHash(
              new byte[32], new byte[28], garblers, scheme, FixedKeyPermutation.fastest());
      long[][] shares = new long[garblers][2 * GATE_INSTANCES];
      long[] labels = new long[2 * GATE_INSTANCES];
      random.fill(labels);
      operands = new GarblerOperands(0, new Delta(random), labels, labels, shares, shares, shares);
      rows = new long[2 * scheme.rowsSent(garblers) * GATE_INSTANCES];
      at = new int[garblers];
      for (int j = 1; j < garblers; j++) {
        at[j] = (scheme.ownRows(garblers) + (j - 1) * scheme.sums(garblers)) * GATE_INSTANCES;
      }
      chosen = garblers == 1 ? chosen : new long[0];
    }
  }

  /** The rows of one AND gate, without transfers and products. */
  @Benchmark
  @OperationsPerInvocation(GATE_INSTANCES)
  public long[] rows(Gate gate) {
    GateRun run = new GateRun(gate.gate++, 0, GATE_INSTANCES);
    new HalfGates()
        .garble(gate.hash, run, gate.operands, gate.rows, gate.at, gate.labelW, gate.chosen);
    return gate.rows;
  }

  /** All parties of a garbling, opened once. */
  @SuppressWarnings("NullAway.Init") // JMH fills it in by the method marked @Setup
  @State(Scope.Thread)
  public static class Layer {
    /** Garblers and evaluator. */
    @Param({"2", "3", "4"})
    public int parties;

    Circuit circuit;
    GarblingParties roles;
    RandomSource random = SeededRandom.ofInsecureNumber(3);
    List<Session> sessions = new ArrayList<>();
    List<Garbler> garblers = new ArrayList<>();
    Evaluator evaluator;
    int batches;

    /** One value per instance. */
    long[] zeros = new long[LAYER];

    /** Runs the base transfers. */
    @Setup
    public void open() {
      int g = parties - 1;
      circuit = ActivationCircuits.shared(new Activation(RING_BITS, SHIFT, true, 1), g);
      if (circuit.garbledAndCount() != ANDS) {
        throw new AssertionError("expected " + ANDS + " gates, got " + circuit.garbledAndCount());
      }
      List<PartyId> ids = new ArrayList<>();
      for (int i = 0; i < g; i++) {
        ids.add(new PartyId("garbler" + i));
      }
      PartyId last = new PartyId("evaluator");
      roles = new GarblingParties(last, ids);
      List<PartyId> all = new ArrayList<>(ids);
      all.add(last);
      InMemoryNetwork network = new InMemoryNetwork(all);
      for (PartyId id : all) {
        sessions.add(new Session(new SessionId(1, 2), new Roster(all, id), network.channel(id)));
      }
      List<FutureTask<Garbler>> opening = new ArrayList<>();
      for (int i = 0; i < g; i++) {
        Session session = sessions.get(i);
        RandomSource own = random.fork("open/" + i);
        opening.add(start(() -> Garbler.open(session, roles, own)));
      }
      RandomSource evaluatorRandom = random.fork("evaluator");
      FutureTask<Evaluator> task =
          start(() -> Evaluator.open(sessions.getLast(), roles, evaluatorRandom));
      opening.forEach(each -> garblers.add(result(each)));
      evaluator = result(task);
    }

    /** The batch of this operation. */
    BatchId next() {
      return new BatchId(batches++ / 16, 0, batches);
    }

    GarbledBatch garble(int garbler, BatchId id, RandomSource source)
        throws ProtocolAbortException {
      Map<String, long[]> inputs =
          Map.of(ActivationCircuits.share(garbler), zeros, ActivationCircuits.mask(garbler), zeros);
      return garblers
          .get(garbler)
          .garble(sessions.get(garbler), id, circuit, zeros.length, inputs, source);
    }

    EvaluationBatch receive(BatchId id, RandomSource source) throws ProtocolAbortException {
      return evaluator.receive(sessions.getLast(), id, circuit, zeros.length, source);
    }

    RandomSource source(BatchId id, int party) {
      return random.fork("batch/" + id + "/" + party);
    }
  }

  static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task;
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** One AND gate at one garbler: transfers, products, what is known in setup, rows, sending. */
  @Benchmark
  @OperationsPerInvocation(LAYER * ANDS)
  public Object garbleTotal(Layer layer) throws ProtocolAbortException {
    BatchId id = layer.next();
    List<FutureTask<?>> others = new ArrayList<>();
    for (int i = 1; i < layer.garblers.size(); i++) {
      int garbler = i;
      RandomSource source = layer.source(id, i);
      others.add(start(() -> layer.garble(garbler, id, source)));
    }
    RandomSource source = layer.source(id, -1);
    others.add(start(() -> layer.receive(id, source)));
    GarbledBatch batch = layer.garble(0, id, layer.source(id, 0));
    others.forEach(GarblingBenchmarks::result);
    return batch;
  }

  /** One AND gate at the evaluator, all XOR gates and the decoding of outputs included. */
  @Benchmark
  @OperationsPerInvocation(LAYER * ANDS)
  public long[] evaluate(Layer layer) {
    BatchId id = layer.next();
    List<FutureTask<?>> others = new ArrayList<>();
    for (int i = 0; i < layer.garblers.size(); i++) {
      int garbler = i;
      RandomSource source = layer.source(id, i);
      others.add(
          start(
              () -> {
                GarbledBatch batch = layer.garble(garbler, id, source);
                batch.answer(layer.sessions.get(garbler), "y");
                return batch;
              }));
    }
    RandomSource source = layer.source(id, -1);
    EvaluationBatch batch =
        result(
            start(
                () -> {
                  EvaluationBatch received = layer.receive(id, source);
                  received.supply(layer.sessions.getLast(), "y", layer.zeros);
                  return received;
                }));
    others.forEach(GarblingBenchmarks::result);
    return batch.evaluate();
  }
}
