package org.secolab.mpcgc.multiparty;

import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.halfgate.EvaluatorOperands;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.GateRun;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.label.Planes;

/**
 * Walks through the circuit with active labels and masked values, one pass of instances at a time.
 * Wires known in setup have label and masked value 0 and empty arrays; a NOT gate shares its
 * operand's.
 */
final class EvaluatorRun implements Secret {
  private final Circuit circuit;
  private final int garblers;
  private final GarblingScheme scheme;
  private final TweakedHash hash;
  private final long[][][] labels;
  private final long[][][] labelPool;
  private final long[][] masked;

  EvaluatorRun(Layout layout, GarblingScheme scheme, TweakedHash hash) {
    this.circuit = layout.circuit;
    this.garblers = layout.garblers;
    this.scheme = scheme;
    this.hash = hash;
    int capacity = layout.passSize(0);
    LabelSlots slots = new LabelSlots(circuit);
    labelPool = new long[slots.count()][garblers][2 * capacity];
    labels = new long[circuit.wireCount()][garblers][0];
    masked = new long[circuit.wireCount()][0];
    for (int wire = 1; wire < circuit.wireCount(); wire++) {
      int gate = wire - circuit.firstGateWire();
      if (circuit.isSetupKnown(wire)) {
        continue;
      }
      labels[wire] = labelPool[slots.slot(wire)];
      boolean complement = gate >= 0 && circuit.operation(gate) == Circuit.Operation.NOT;
      masked[wire] = complement ? masked[circuit.left(gate)] : new long[Planes.words(capacity)];
    }
  }

  private static long[] there(long[] array) {
    if (array.length == 0) {
      throw new AssertionError("expected a wire with labels");
    }
    return array;
  }

  void inputs(int first, int count, long[][][] active, long[][] values) {
    for (int wire = 1; wire < circuit.firstGateWire(); wire++) {
      long[] target = masked[wire];
      if (target.length > 0) {
        System.arraycopy(there(values[wire]), first / 64, target, 0, Planes.words(count));
        for (int j = 0; j < garblers; j++) {
          System.arraycopy(there(active[j][wire]), 2 * first, there(labels[wire][j]), 0, 2 * count);
        }
      }
    }
  }

  void gates(int first, int count, long[] sums, long[] lowest) {
    int words = Planes.words(count);
    int kept = scheme.sumsKept(garblers);
    int garbled = 0;
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int wire = circuit.gateWire(gate);
      if (circuit.isSetupKnown(wire)) {
        continue;
      }
      int u = circuit.left(gate);
      int v = circuit.right(gate);
      switch (circuit.operation(gate)) {
        case XOR -> {
          for (int j = 0; j < garblers; j++) {
            xor(labels[u][j], labels[v][j], there(labels[wire][j]), 2 * count);
          }
          xor(masked[u], masked[v], there(masked[wire]), words);
        }
        case NOT -> {}
        case AND -> {
          long[][] target = new long[garblers][];
          for (int j = 0; j < garblers; j++) {
            target[j] = there(labels[wire][j]);
          }
          scheme.evaluate(
              hash,
              new GateRun(gate, first, count),
              new EvaluatorOperands(labels[u], labels[v], masked[u], masked[v]),
              sums,
              garbled * kept * count,
              target);
          pointers(target[0], lowest, garbled * words, masked[wire], count);
          garbled++;
        }
      }
    }
  }

  /** Λ_w: the lowest bit of garbler 0's label, plus that of its zero-label if it was sent. */
  private static void pointers(long[] labels, long[] lowest, int at, long[] target, int count) {
    for (int word = 0; 64 * word < count; word++) {
      long plane = lowest.length == 0 ? 0 : lowest[at + word];
      int bits = Math.min(64, count - 64 * word);
      for (int i = 0; i < bits; i++) {
        plane ^= (labels[2 * (64 * word + i)] & 1) << i;
      }
      target[word] = plane;
    }
  }

  private static void xor(long[] a, long[] b, long[] target, int length) {
    if (a.length == 0) {
      System.arraycopy(there(b), 0, target, 0, length);
    } else if (b.length == 0) {
      System.arraycopy(a, 0, target, 0, length);
    } else {
      for (int i = 0; i < length; i++) {
        target[i] = a[i] ^ b[i];
      }
    }
  }

  /** The values of the evaluator's outputs; {@code masks} are planes of their bits, in order. */
  void outputs(List<Circuit.Output> outputs, int first, int count, long[] masks, long[] results) {
    int words = Planes.words(count);
    int from = 0;
    for (int o = 0; o < outputs.size(); o++) {
      Circuit.Output output = outputs.get(o);
      long[][] planes = new long[output.bits()][words];
      for (int b = 0; b < output.bits(); b++) {
        System.arraycopy(masks, from, planes[b], 0, words);
        from += words;
        long[] value = masked[circuit.outputWire(output.first() + b)];
        if (value.length > 0) {
          Planes.xorInto(planes[b], value);
        }
      }
      Planes.toValues(planes, count, results, first, outputs.size(), o);
      for (long[] plane : planes) {
        Arrays.fill(plane, 0);
      }
    }
  }

  /** Forgets the active labels. */
  @Override
  public void close() {
    for (long[][] owners : labelPool) {
      for (long[] label : owners) {
        Arrays.fill(label, 0);
      }
    }
    for (long[] plane : masked) {
      Arrays.fill(plane, 0);
    }
  }

  @Override
  public String toString() {
    return "EvaluatorRun";
  }

  /** Copies the masked values of this pass, from instance {@code first} on, to {@code planes}. */
  void maskedOutput(Circuit.Output output, int first, long[][] planes) {
    for (int b = 0; b < planes.length; b++) {
      long[] value = masked[circuit.outputWire(output.first() + b)];
      int words = Math.min(value.length, planes[b].length - first / 64);
      System.arraycopy(value, 0, planes[b], first / 64, words);
    }
  }
}
