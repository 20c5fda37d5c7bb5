package org.secolab.mpcgc.multiparty;

import java.util.ArrayDeque;
import java.util.Deque;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;

/**
 * Which arrays hold the strings of which mask, so that a pass goes through less memory. Inputs,
 * masks of garbled AND gates and every σ have theirs from the beginning of a pass, when transfers
 * fill them; an XOR or NOT gate takes one when it is computed. The operands, mask and σ of a
 * garbled AND gate keep theirs to the end, when rows are made. All others give theirs up where they
 * are read last, so a gate's result may take the slot of its own operand. An input never does: of
 * its strings only those that belong to its owner's bit are ever written, the others stay zero for
 * all passes. What is zero altogether, the constant and the evaluator's inputs, shares slot 0.
 */
final class MaskSlots {
  private static final int FOR_EVER = Integer.MAX_VALUE / 2;

  private final Circuit circuit;
  private final int[] slots;
  // By wire: how many times it will still be read.
  private final int[] readers;
  private final Deque<Integer> free = new ArrayDeque<>();
  private int count = 1;

  /** The slots of {@code places} places, of which a σ has that which {@code sigmaPlace} says. */
  MaskSlots(Circuit circuit, int places, int[] sigmaPlace) {
    this.circuit = circuit;
    slots = new int[places];
    readers = new int[circuit.wireCount()];
    readers[0] = FOR_EVER;
    for (Circuit.Input input : circuit.inputs()) {
      boolean zero = input.kind() instanceof InputKind.EvaluatorInput;
      for (int wire = input.firstWire(); wire < input.firstWire() + input.wires(); wire++) {
        slots[wire] = zero ? 0 : count++;
        readers[wire] = FOR_EVER;
      }
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int wire = circuit.gateWire(gate);
      boolean garbled = isAnd(gate) && !circuit.isSetupKnown(wire);
      for (int operand : new int[] {circuit.left(gate), circuit.right(gate)}) {
        readers[operand] = garbled ? FOR_EVER : Math.min(FOR_EVER, readers[operand] + 1);
      }
      if (isAnd(gate)) {
        slots[wire] = count++;
        slots[sigmaPlace[gate]] = garbled ? count++ : slots[wire];
        readers[wire] = garbled ? FOR_EVER : 0;
      }
    }
    for (Circuit.SetupLevel level : circuit.setupLevels()) {
      level.linear().forEach(this::linear);
      level.and().forEach(this::read);
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      if (!isAnd(gate) && !circuit.isSetupKnown(circuit.gateWire(gate))) {
        linear(gate);
      }
    }
  }

  private boolean isAnd(int gate) {
    return circuit.operation(gate) == Circuit.Operation.AND;
  }

  private void linear(int gate) {
    read(gate);
    int wire = circuit.gateWire(gate);
    slots[wire] = free.isEmpty() ? count++ : free.pop();
    if (readers[wire] == 0) {
      free.push(slots[wire]);
    }
  }

  private void read(int gate) {
    for (int operand : new int[] {circuit.left(gate), circuit.right(gate)}) {
      if (readers[operand] < FOR_EVER && --readers[operand] == 0) {
        free.push(slots[operand]);
      }
    }
  }

  /** How many slots there are. */
  int count() {
    return count;
  }

  /** The slot of every place. */
  int[] slots() {
    return slots;
  }
}
