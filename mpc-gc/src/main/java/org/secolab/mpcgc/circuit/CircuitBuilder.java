package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.secolab.mpcgc.circuit.Circuit.Operation;

/**
 * Makes a {@link Circuit} gate by gate.
 *
 * <p>The simplifying builder folds constants, never builds the same gate twice, and drops what no
 * output depends on; the literal one builds exactly what it is told. All inputs come before the
 * first gate.
 */
public final class CircuitBuilder {
  private record Key(Operation operation, int left, int right) {}

  private final boolean simplifying;
  private final List<Circuit.Input> inputs = new ArrayList<>();
  private final List<Circuit.Output> outputs = new ArrayList<>();
  private final List<Bit> outputBits = new ArrayList<>();
  private final Map<Key, Integer> known = new HashMap<>();
  private int inputWires;
  private int gates;
  private Operation[] operations = new Operation[64];
  private int[] left = new int[64];
  private int[] right = new int[64];

  /** A simplifying builder. */
  public CircuitBuilder() {
    this(true);
  }

  private CircuitBuilder(boolean simplifying) {
    this.simplifying = simplifying;
  }

  /** A builder that keeps every gate as it is told, useless ones too. */
  public static CircuitBuilder literal() {
    return new CircuitBuilder(false);
  }

  /** One input word. */
  public Word input(String name, InputKind kind, int bits) {
    return inputs(name, kind, 1, bits).getFirst();
  }

  /**
   * Input words under one name.
   *
   * @param words at least 1
   * @param bits width of each, 1 to 64
   */
  public List<Word> inputs(String name, InputKind kind, int words, int bits) {
    if (gates > 0) {
      throw new IllegalArgumentException(
          "expected all inputs before the first gate, got \"" + name + "\" after it");
    }
    if (words < 1 || bits < 1 || bits > 64) {
      throw new IllegalArgumentException(
          "expected at least 1 word of 1 to 64 bits, got " + words + " of " + bits);
    }
    for (Circuit.Input input : inputs) {
      if (input.name().equals(name)) {
        throw new IllegalArgumentException("expected a new input name, got \"" + name + "\" again");
      }
    }
    Circuit.Input input = new Circuit.Input(name, kind, words, bits, 1 + inputWires);
    inputs.add(input);
    inputWires += input.wires();
    List<Word> result = new ArrayList<>();
    for (int w = 0; w < words; w++) {
      List<Bit> word = new ArrayList<>();
      for (int b = 0; b < bits; b++) {
        word.add(new Bit(2 * (input.firstWire() + w * bits + b)));
      }
      result.add(new Word(word));
    }
    return result;
  }

  /** {@code a} ⊕ {@code b}. */
  public Bit xor(Bit a, Bit b) {
    int complement = (a.literal() ^ b.literal()) & 1;
    int x = Math.min(a.wire(), b.wire());
    int y = Math.max(a.wire(), b.wire());
    if (simplifying && x == y) {
      return new Bit(complement);
    }
    if (simplifying && x == 0) {
      return new Bit(2 * y + complement);
    }
    return new Bit(2 * gate(Operation.XOR, x, y) + complement);
  }

  /** {@code a} ∧ {@code b}. */
  public Bit and(Bit a, Bit b) {
    if (simplifying) {
      if (a.equals(Bit.ZERO) || b.equals(Bit.ZERO) || a.equals(b.not())) {
        return Bit.ZERO;
      }
      if (a.equals(Bit.ONE) || a.equals(b)) {
        return b;
      }
      if (b.equals(Bit.ONE)) {
        return a;
      }
    }
    int x = wireOf(a);
    int y = wireOf(b);
    return new Bit(2 * gate(Operation.AND, Math.min(x, y), Math.max(x, y)));
  }

  /** {@code a} ∨ {@code b}. */
  public Bit or(Bit a, Bit b) {
    return and(a.not(), b.not()).not();
  }

  /** {@code ifOne} where {@code condition} is 1, {@code ifZero} where it is 0: one AND. */
  public Bit select(Bit condition, Bit ifOne, Bit ifZero) {
    return xor(ifZero, and(condition, xor(ifOne, ifZero)));
  }

  /** Lets {@code word} leave the circuit towards the evaluator, behind the outputs so far. */
  public CircuitBuilder output(String name, Word word) {
    return output(name, word, OptionalInt.empty());
  }

  /** Lets {@code word} leave the circuit towards one garbler only, under a name of its own. */
  public CircuitBuilder outputTo(int garbler, String name, Word word) {
    for (Circuit.Output output : outputs) {
      if (output.name().equals(name)) {
        throw new IllegalArgumentException(
            "expected a new output name, got \"" + name + "\" again");
      }
    }
    return output(name, word, OptionalInt.of(garbler));
  }

  private CircuitBuilder output(String name, Word word, OptionalInt garbler) {
    if (word.width() < 1 || word.width() > 64) {
      throw new IllegalArgumentException("expected an output of 1 to 64 bits, got " + word.width());
    }
    outputs.add(new Circuit.Output(name, word.width(), outputBits.size(), garbler));
    outputBits.addAll(word.bits());
    return this;
  }

  /** The circuit so far. */
  public Circuit build() {
    int[] wires = outputBits.stream().mapToInt(this::wireOf).toArray();
    int firstGate = 1 + inputWires;
    boolean[] needed = new boolean[gates];
    Arrays.fill(needed, !simplifying);
    for (int wire : wires) {
      if (wire >= firstGate) {
        needed[wire - firstGate] = true;
      }
    }
    for (int gate = gates - 1; gate >= 0; gate--) {
      if (needed[gate]) {
        markNeeded(needed, left[gate] - firstGate);
        markNeeded(needed, right[gate] - firstGate);
      }
    }
    int[] renamed = new int[firstGate + gates];
    for (int wire = 0; wire < firstGate; wire++) {
      renamed[wire] = wire;
    }
    int kept = 0;
    Operation[] keptOperations = new Operation[gates];
    int[] keptLeft = new int[gates];
    int[] keptRight = new int[gates];
    for (int gate = 0; gate < gates; gate++) {
      if (needed[gate]) {
        renamed[firstGate + gate] = firstGate + kept;
        keptOperations[kept] = operations[gate];
        keptLeft[kept] = renamed[left[gate]];
        keptRight[kept] = renamed[right[gate]];
        kept++;
      }
    }
    for (int o = 0; o < wires.length; o++) {
      wires[o] = renamed[wires[o]];
    }
    return new Circuit(
        inputs,
        outputs,
        wires,
        Arrays.copyOf(keptOperations, kept),
        Arrays.copyOf(keptLeft, kept),
        Arrays.copyOf(keptRight, kept));
  }

  private static void markNeeded(boolean[] needed, int gate) {
    if (gate >= 0) {
      needed[gate] = true;
    }
  }

  /** The wire that carries {@code bit} itself, through a NOT gate if it is a complement. */
  private int wireOf(Bit bit) {
    return bit.complemented() ? gate(Operation.NOT, bit.wire(), bit.wire()) : bit.wire();
  }

  private int gate(Operation operation, int x, int y) {
    Key key = new Key(operation, x, y);
    // A NOT gate is an artefact of complemented bits, so even the literal builder shares it.
    boolean share = simplifying || operation == Operation.NOT;
    Integer same = share ? known.get(key) : null;
    if (same != null) {
      return same;
    }
    if (gates == operations.length) {
      operations = Arrays.copyOf(operations, 2 * gates);
      left = Arrays.copyOf(left, 2 * gates);
      right = Arrays.copyOf(right, 2 * gates);
    }
    operations[gates] = operation;
    left[gates] = x;
    right[gates] = y;
    int wire = 1 + inputWires + gates++;
    if (share) {
      known.put(key, wire);
    }
    return wire;
  }
}
