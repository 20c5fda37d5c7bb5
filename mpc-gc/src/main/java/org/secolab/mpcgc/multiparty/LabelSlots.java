package org.secolab.mpcgc.multiparty;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.secolab.mpcgc.circuit.Circuit;

/**
 * Which array holds the labels of which wire. A slot is used again once no gate will read it any
 * more, so that what a pass works on stays in the cache; a NOT gate shares its operand's slot. A
 * gate's result never takes the slot of its own operands: rows are made while both are read.
 */
final class LabelSlots {
  private static final int NONE = -1;

  private final int[] slots;
  private final int count;

  LabelSlots(Circuit circuit) {
    int[] roots = new int[circuit.wireCount()];
    int[] lastUse = new int[circuit.wireCount()];
    for (int wire = 0; wire < roots.length; wire++) {
      int gate = wire - circuit.firstGateWire();
      roots[wire] =
          gate >= 0 && circuit.operation(gate) == Circuit.Operation.NOT
              ? roots[circuit.left(gate)]
              : wire;
      lastUse[roots[wire]] = Math.max(lastUse[roots[wire]], gate);
      if (gate >= 0 && !circuit.isSetupKnown(wire)) {
        lastUse[roots[circuit.left(gate)]] = gate;
        lastUse[roots[circuit.right(gate)]] = gate;
      }
    }
    slots = new int[circuit.wireCount()];
    Arrays.fill(slots, NONE);
    Deque<Integer> free = new ArrayDeque<>();
    int used = 0;
    for (int wire = 1; wire < slots.length; wire++) {
      int gate = wire - circuit.firstGateWire();
      if (circuit.isSetupKnown(wire)) {
        continue;
      }
      if (roots[wire] != wire) {
        slots[wire] = slots[roots[wire]];
      } else {
        slots[wire] = free.isEmpty() ? used++ : free.pop();
      }
      if (gate >= 0) {
        int left = roots[circuit.left(gate)];
        int right = roots[circuit.right(gate)];
        release(left, gate, lastUse, free);
        if (right != left) {
          release(right, gate, lastUse, free);
        }
        if (roots[wire] == wire) {
          release(wire, gate, lastUse, free);
        }
      }
    }
    count = used;
  }

  private void release(int root, int gate, int[] lastUse, Deque<Integer> free) {
    if (lastUse[root] == gate && slots[root] != NONE) {
      free.push(slots[root]);
    }
  }

  /** How many slots there are. */
  int count() {
    return count;
  }

  /** The slot of {@code wire}; negative if it is known in setup and has no labels. */
  int slot(int wire) {
    return slots[wire];
  }
}
