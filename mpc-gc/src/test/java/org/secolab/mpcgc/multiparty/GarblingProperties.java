package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.ClearEvaluator;
import org.secolab.mpcgc.halfgate.Bmr;
import org.secolab.mpcgc.halfgate.ConservativeRows;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.HalfGates;

/** The theorem: garbling computes what the circuit means. */
class GarblingProperties {
  @Property(tries = 40)
  void garbledCircuit_equalsTheDefinition(
      @ForAll @IntRange(min = 1, max = 5) int garblers,
      @ForAll @IntRange(min = 1, max = 150) int instances,
      @ForAll @IntRange(min = 0, max = 120) int gates,
      @ForAll("schemes") GarblingScheme scheme,
      @ForAll GarblingOptions.Delivery delivery,
      @ForAll long seed)
      throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    int fieldBits = 1 << random.nextInt(4);
    Circuit circuit = RandomCircuits.circuit(garblers, gates, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, instances, random);
    Parties run = new Parties(garblers, seed);
    run.options = new GarblingOptions(scheme, delivery, fieldBits);
    run.evaluatorPosition = random.nextInt(garblers + 1);
    assertArrayEquals(
        ClearEvaluator.evaluate(circuit, instances, inputs),
        run.evaluate(circuit, instances, inputs));
  }

  @Provide
  Arbitrary<GarblingScheme> schemes() {
    return Arbitraries.of(new HalfGates(), new ConservativeRows(), new Bmr());
  }

  @Example
  void realBaseTransfers_serveAsWell() throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(4);
    Circuit circuit = RandomCircuits.circuit(3, 60, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, 5, random);
    Parties run = new Parties(3, 4);
    run.realBaseTransfers = true;
    assertArrayEquals(
        ClearEvaluator.evaluate(circuit, 5, inputs), run.evaluate(circuit, 5, inputs));
  }

  @Example
  void eightParties_agreeWithTheDefinition() throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(8);
    Circuit circuit = RandomCircuits.circuit(7, 40, random);
    Map<String, long[]> inputs = RandomCircuits.inputs(circuit, 3, random);
    for (GarblingOptions.Delivery delivery : GarblingOptions.Delivery.values()) {
      Parties run = new Parties(7, 8);
      run.options = new GarblingOptions(new HalfGates(), delivery, 2);
      assertArrayEquals(
          ClearEvaluator.evaluate(circuit, 3, inputs), run.evaluate(circuit, 3, inputs));
    }
  }

  @Example
  void batchOfSeveralPasses_equalsTheDefinition() throws ProtocolAbortException {
    for (int garblers = 1; garblers <= 2; garblers++) {
      RandomSource random = SeededRandom.ofInsecureNumber(garblers);
      Circuit circuit = RandomCircuits.circuit(garblers, 3000, random);
      int instances = new Layout(circuit, new HalfGates(), garblers, 1 << 20).passInstances + 65;
      assertEquals(2, new Layout(circuit, new HalfGates(), garblers, instances).passes());
      Map<String, long[]> inputs = RandomCircuits.inputs(circuit, instances, random);
      assertArrayEquals(
          ClearEvaluator.evaluate(circuit, instances, inputs),
          new Parties(garblers, garblers).evaluate(circuit, instances, inputs));
    }
  }
}
