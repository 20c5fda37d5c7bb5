package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;
import org.secolab.mpcgc.circuit.Circuit;

/** A slot serves again, but never while somebody still reads what is in it. */
class LabelSlotsProperties {
  @Property(tries = 100)
  void operand_isStillInItsSlotWhenAGateReadsIt(
      @ForAll @IntRange(min = 0, max = 200) int gates, @ForAll long seed) {
    Circuit circuit = RandomCircuits.circuit(2, gates, SeededRandom.ofInsecureNumber(seed));
    LabelSlots slots = new LabelSlots(circuit);
    // By slot: the wire whose labels are there; a NOT gate's are its operand's.
    Map<Integer, Integer> contents = new HashMap<>();
    int[] roots = new int[circuit.wireCount()];
    for (int wire = 1; wire < circuit.wireCount(); wire++) {
      int gate = wire - circuit.firstGateWire();
      boolean complement = gate >= 0 && circuit.operation(gate) == Circuit.Operation.NOT;
      roots[wire] = complement ? roots[circuit.left(gate)] : wire;
      if (circuit.isSetupKnown(wire)) {
        continue;
      }
      if (gate >= 0) {
        for (int operand : new int[] {circuit.left(gate), circuit.right(gate)}) {
          if (!circuit.isSetupKnown(operand)) {
            assertEquals(roots[operand], contents.get(slots.slot(operand)), "gate " + gate);
            // While rows are made, operands and result are needed side by side.
            assertTrue(complement || slots.slot(operand) != slots.slot(wire), "gate " + gate);
          }
        }
      }
      assertTrue(slots.slot(wire) >= 0 && slots.slot(wire) < slots.count());
      contents.put(slots.slot(wire), roots[wire]);
    }
  }

  @Example
  void activation_needsFarFewerSlotsThanWires() {
    Circuit circuit = ActivationCircuits.shared(new Activation(32, 8, true, 1), 2);
    int slots = new LabelSlots(circuit).count();
    // The 32 inputs of the evaluator, what waits for the masks, and a few.
    assertTrue(
        slots < circuit.wireCount() / 5, slots + " slots, " + circuit.wireCount() + " wires");
  }
}
