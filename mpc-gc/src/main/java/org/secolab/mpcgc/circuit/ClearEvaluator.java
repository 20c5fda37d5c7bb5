package org.secolab.mpcgc.circuit;

import java.util.Map;

/** What a circuit computes, on plain values: the definition that every garbling must equal. */
public final class ClearEvaluator {
  private ClearEvaluator() {}

  /**
   * The outputs of {@code instances} independent runs.
   *
   * @param inputs for every input name its words, those of the first instance first
   * @return the output words, those of the first instance first
   * @throws IllegalArgumentException if an input is missing, unknown, or has a wrong length
   */
  public static long[] evaluate(Circuit circuit, int instances, Map<String, long[]> inputs) {
    for (String name : inputs.keySet()) {
      circuit.input(name);
    }
    int outputs = circuit.outputs().size();
    long[] results = new long[instances * outputs];
    for (int instance = 0; instance < instances; instance++) {
      boolean[] wires = new boolean[circuit.wireCount()];
      for (Circuit.Input input : circuit.inputs()) {
        long[] words = inputs.get(input.name());
        if (words == null || words.length != instances * input.words()) {
          throw new IllegalArgumentException(
              "expected "
                  + instances * input.words()
                  + " words of \""
                  + input.name()
                  + "\", got "
                  + (words == null ? "none" : words.length));
        }
        for (int w = 0; w < input.wires(); w++) {
          long word = words[instance * input.words() + w / input.bits()];
          wires[input.firstWire() + w] = (word >>> (w % input.bits()) & 1) == 1;
        }
      }
      for (int gate = 0; gate < circuit.gateCount(); gate++) {
        boolean a = wires[circuit.left(gate)];
        boolean b = wires[circuit.right(gate)];
        wires[circuit.gateWire(gate)] =
            switch (circuit.operation(gate)) {
              case XOR -> a ^ b;
              case AND -> a && b;
              case NOT -> !a;
            };
      }
      for (int o = 0; o < outputs; o++) {
        Circuit.Output output = circuit.outputs().get(o);
        long word = 0;
        for (int b = 0; b < output.bits(); b++) {
          if (wires[circuit.outputWire(output.first() + b)]) {
            word |= 1L << b;
          }
        }
        results[instance * outputs + o] = word;
      }
    }
    return results;
  }
}
