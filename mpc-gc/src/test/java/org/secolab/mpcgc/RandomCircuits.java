package org.secolab.mpcgc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.random.RandomSource;
import org.secolab.mpcgc.circuit.Bit;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.CircuitBuilder;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Word;

/**
 * Circuits with every kind of input and output and every odd shape: equal operands, constants, NOT
 * chains.
 */
public final class RandomCircuits {
  private RandomCircuits() {}

  /** A literal circuit of about {@code gates} gates for {@code garblers} garblers. */
  public static Circuit circuit(int garblers, int gates, RandomSource random) {
    CircuitBuilder builder = CircuitBuilder.literal();
    List<Bit> bits = new ArrayList<>(List.of(Bit.ZERO, Bit.ONE));
    for (int i = 0; i < garblers; i++) {
      add(bits, builder.inputs("setup." + i, new InputKind.SetupKnown(i), 2, 2));
      add(bits, builder.inputs("online." + i, new InputKind.GarblerOnline(i), 1, 3));
    }
    add(bits, builder.inputs("evaluator", new InputKind.EvaluatorInput(), 2, 2));
    add(bits, builder.inputs("later", new InputKind.EvaluatorInput(), 1, 1));
    for (int gate = 0; gate < gates; gate++) {
      Bit a = bits.get(random.nextInt(bits.size()));
      Bit b = random.nextInt(8) == 0 ? a : bits.get(random.nextInt(bits.size()));
      bits.add(
          switch (random.nextInt(5)) {
            case 0, 1 -> builder.xor(a, b);
            case 2, 3 -> builder.and(a, b);
            default -> a.not();
          });
    }
    builder.output("last", new Word(bits.subList(Math.max(0, bits.size() - 20), bits.size())));
    for (int i = 0; i < garblers; i++) {
      int from = random.nextInt(bits.size());
      Word word = new Word(bits.subList(from, Math.min(bits.size(), from + 5)));
      builder.outputTo(i, "own." + i, word);
    }
    builder.output("first", new Word(bits.subList(0, Math.min(bits.size(), 16))));
    return builder.build();
  }

  private static void add(List<Bit> bits, List<Word> words) {
    words.forEach(word -> bits.addAll(word.bits()));
  }

  /** Uniform values for all inputs. */
  public static Map<String, long[]> inputs(Circuit circuit, int instances, RandomSource random) {
    Map<String, long[]> values = new HashMap<>();
    for (Circuit.Input input : circuit.inputs()) {
      long[] words = new long[instances * input.words()];
      random.fill(words);
      values.put(input.name(), words);
    }
    return values;
  }
}
