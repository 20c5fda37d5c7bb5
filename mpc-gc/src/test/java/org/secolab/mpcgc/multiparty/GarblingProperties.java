package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.ClearEvaluator;

/** The theorem: garbling computes what the circuit means. */
class GarblingProperties {
  @Property(tries = 24)
  void garbledCircuit_equalsTheDefinition(
      @ForAll @IntRange(min = 1, max = 4) int garblers,
      @ForAll @IntRange(min = 1, max = 150) int instances,
      @ForAll @IntRange(min = 0, max = 120) int gates,
      @ForAll long seed)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    Circuit circuit = RandomCircuits.circuit(garblers, gates, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, instances, random);
    assertArrayEquals(
        ClearEvaluator.evaluate(circuit, instances, inputs),
        new Parties(garblers, seed).evaluate(circuit, instances, inputs));
  }

  @Example
  void batchOfSeveralPasses_equalsTheDefinition() throws ProtocolAbortException {
    for (int garblers = 1; garblers <= 3; garblers++) {
      RandomSource random = SeededRandom.ofInsecureNumber(garblers);
      Circuit circuit = RandomCircuits.circuit(garblers, 3000, random);
      int instances = new Layout(circuit, garblers, 1 << 20).passInstances * 2 + 65;
      assertEquals(3, new Layout(circuit, garblers, instances).passes());
      Map<String, long[]> inputs = RandomCircuits.inputs(circuit, instances, random);
      assertArrayEquals(
          ClearEvaluator.evaluate(circuit, instances, inputs),
          new Parties(garblers, garblers).evaluate(circuit, instances, inputs));
    }
  }
}
