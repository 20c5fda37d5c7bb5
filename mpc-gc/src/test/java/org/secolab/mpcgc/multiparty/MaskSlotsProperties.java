package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.halfgate.HalfGates;

/** A slot serves again, but never while somebody will still read what is in it. */
class MaskSlotsProperties {
  private static final int ZERO = 0;

  /** Goes through a pass as a garbler does, and looks at every place that is read. */
  private static final class Pass {
    private final Layout layout;
    private final Circuit circuit;
    // By slot: the place whose strings are there.
    private final Map<Integer, Integer> contents = new HashMap<>();

    Pass(Layout layout) {
      this.layout = layout;
      circuit = layout.circuit;
    }

    private int slot(int place) {
      return layout.maskSlots.slots()[place];
    }

    private void fill(int place) {
      @Nullable Integer before = contents.put(slot(place), place);
      assertTrue(before == null || before == place, "two transfers into one slot");
    }

    private void read(int place) {
      assertEquals(isZero(place) ? ZERO : place, contents.get(slot(place)), "place " + place);
    }

    private boolean isZero(int place) {
      return place == 0
          || circuit.inputs().stream()
              .filter(input -> input.kind() instanceof InputKind.EvaluatorInput)
              .anyMatch(in -> in.firstWire() <= place && place < in.firstWire() + in.wires());
    }

    private void operands(int gate) {
      read(circuit.left(gate));
      read(circuit.right(gate));
    }

    private void linear(int gate) {
      if (circuit.operation(gate) != Circuit.Operation.AND) {
        operands(gate);
        assertTrue(slot(circuit.gateWire(gate)) != ZERO, "zeros are written to");
        contents.put(slot(circuit.gateWire(gate)), circuit.gateWire(gate));
      }
    }

    void run() {
      contents.put(ZERO, ZERO);
      for (int garbler = 0; garbler < layout.garblers; garbler++) {
        for (int place : layout.transferPlaces(garbler)) {
          fill(place);
        }
      }
      for (Circuit.SetupLevel level : circuit.setupLevels()) {
        level.linear().forEach(this::linear);
        for (int gate : level.and()) {
          operands(gate);
          read(circuit.gateWire(gate));
        }
      }
      for (int gate = 0; gate < circuit.gateCount(); gate++) {
        if (!circuit.isSetupKnown(circuit.gateWire(gate))) {
          linear(gate);
        }
      }
      // The half of an input's strings that no transfer fills has to stay as it is.
      for (int wire = 1; wire < circuit.firstGateWire(); wire++) {
        read(wire);
      }
      for (int gate : layout.garbledGates) {
        operands(gate);
        read(circuit.gateWire(gate));
        read(layout.sigmaPlace(gate));
      }
    }
  }

  @Property(tries = 200)
  void place_isStillInItsSlotWhenItIsRead(
      @ForAll @IntRange(min = 0, max = 200) int gates, @ForAll long seed) {
    Circuit circuit = RandomCircuits.circuit(2, gates, SeededRandom.ofInsecureNumber(seed));
    new Pass(new Layout(circuit, new HalfGates(), 2, 64)).run();
  }

  @Example
  void activation_needsFarFewerSlotsThanPlaces() {
    Circuit circuit = ActivationCircuits.shared(new Activation(32, 8, true, 1), 2);
    Layout layout = new Layout(circuit, new HalfGates(), 2, 64);
    new Pass(layout).run();
    int slots = layout.maskSlots.count();
    assertTrue(4 * slots < 3 * layout.places, slots + " slots, " + layout.places + " places");
  }
}
