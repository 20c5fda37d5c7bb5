package org.secolab.mpcgc.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;

/** Words against the arithmetic of long. */
class WordsProperties {
  private static long signed(long value, int bits) {
    return value << (64 - bits) >> (64 - bits);
  }

  private static long unsigned(long value, int bits) {
    return bits == 64 ? value : value & ((1L << bits) - 1);
  }

  @Property(tries = 200)
  void operations_equalThoseOfLong(
      @ForAll @IntRange(min = 1, max = 64) int bits,
      @ForAll long a,
      @ForAll long b,
      @ForAll long c,
      @ForAll boolean choose) {
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    List<Word> in = builder.inputs("in", new InputKind.EvaluatorInput(), 3, bits);
    Word choice = builder.input("choice", new InputKind.SetupKnown(0), 1);
    builder.output("add", words.add(in.get(0), in.get(1)));
    builder.output("subtract", words.subtract(in.get(0), in.get(1)));
    builder.output("negate", words.negate(in.get(0)));
    builder.output("sum", words.sum(in));
    builder.output("less", new Word(List.of(words.lessThan(in.get(0), in.get(1)))));
    builder.output("lessSigned", new Word(List.of(words.lessThanSigned(in.get(0), in.get(1)))));
    builder.output("max", words.maxSigned(in));
    builder.output("select", words.select(choice.bit(0), in.get(0), in.get(1)));
    builder.output("relu", words.relu(in.get(0), bits / 3));
    builder.output("shift", in.get(0).shiftRightArithmetic(bits / 3));
    builder.output("left", in.get(0).shiftLeft(bits / 3));
    builder.output("constant", words.add(in.get(0), Word.constant(b, bits)));
    long sa = signed(a, bits);
    long sb = signed(b, bits);
    long sc = signed(c, bits);
    long[] expected = {
      a + b,
      a - b,
      -a,
      a + b + c,
      Long.compareUnsigned(unsigned(a, bits), unsigned(b, bits)) < 0 ? 1 : 0,
      sa < sb ? 1 : 0,
      Math.max(sa, Math.max(sb, sc)),
      choose ? a : b,
      Math.max(sa, 0) >> (bits / 3),
      sa >> (bits / 3),
      a << (bits / 3),
      a + b
    };
    for (int i = 0; i < expected.length; i++) {
      expected[i] = unsigned(expected[i], i == 4 || i == 5 ? 1 : bits);
    }
    Circuit circuit = builder.build();
    assertArrayEquals(
        expected,
        ClearEvaluator.evaluate(
            circuit, 1, Map.of("in", new long[] {a, b, c}, "choice", new long[] {choose ? 1 : 0})));
  }

  @Property(tries = 100)
  void furtherOperations_equalThoseOfLong(
      @ForAll @IntRange(min = 2, max = 63) int bits,
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    List<Word> in = builder.inputs("in", new InputKind.EvaluatorInput(), count, bits);
    List<Word> residues = builder.inputs("residues", new InputKind.SetupKnown(0), 2, bits);
    long p = Math.max(2, unsigned(random.nextLong(), bits));
    long cap = unsigned(random.nextLong(), bits - 1);
    int shift = bits / 3;
    builder.output("argmax", words.argmaxSigned(in));
    builder.output("product", words.multiply(in.getFirst(), in.getLast()));
    builder.output("modulo", words.addModulo(residues.get(0), residues.get(1), p));
    builder.output("clip", words.clip(in.getFirst(), shift, cap));
    builder.output("rounded", words.reluRounded(in.getFirst(), shift));
    long[] values = new long[count];
    int best = 0;
    for (int i = 0; i < count; i++) {
      // Few different values, so that there are ties.
      values[i] = unsigned(random.nextBoolean() ? random.nextInt(3) : random.nextLong(), bits);
      best = signed(values[i], bits) > signed(values[best], bits) ? i : best;
    }
    long a = Long.remainderUnsigned(random.nextLong(), p);
    long b = Long.remainderUnsigned(random.nextLong(), p);
    long first = signed(values[0], bits);
    long rounded = signed(first + (shift == 0 ? 0 : 1L << (shift - 1)), bits);
    long[] expected = {
      best,
      unsigned(values[0] * values[count - 1], bits),
      Long.remainderUnsigned(a + b, p),
      Math.min(Math.max(first, 0) >> shift, cap),
      Math.max(rounded, 0) >> shift
    };
    assertArrayEquals(
        expected,
        ClearEvaluator.evaluate(
            builder.build(), 1, Map.of("in", values, "residues", new long[] {a, p - b})));
  }

  @Property(tries = 50)
  void simplifyingBuilder_neverChangesWhatACircuitMeans(
      @ForAll @IntRange(min = 0, max = 300) int gates, @ForAll long seed) {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    Circuit literal = RandomCircuits.circuit(2, gates, random);
    CircuitBuilder builder = new CircuitBuilder();
    List<Bit> bits = new ArrayList<>(List.of(Bit.ZERO));
    for (Circuit.Input input : literal.inputs()) {
      builder
          .inputs(input.name(), input.kind(), input.words(), input.bits())
          .forEach(word -> bits.addAll(word.bits()));
    }
    for (int gate = 0; gate < literal.gateCount(); gate++) {
      Bit a = bits.get(literal.left(gate));
      Bit b = bits.get(literal.right(gate));
      bits.add(
          switch (literal.operation(gate)) {
            case XOR -> builder.xor(a, b);
            case AND -> builder.and(a, b);
            case NOT -> a.not();
          });
    }
    for (Circuit.Output output : literal.outputs()) {
      List<Bit> word = new ArrayList<>();
      for (int b = 0; b < output.bits(); b++) {
        word.add(bits.get(literal.outputWire(output.first() + b)));
      }
      builder.output(output.name(), new Word(word));
    }
    Circuit simple = builder.build();
    Map<String, long[]> inputs = RandomCircuits.inputs(literal, 20, random);
    assertArrayEquals(
        ClearEvaluator.evaluate(literal, 20, inputs), ClearEvaluator.evaluate(simple, 20, inputs));
    assertTrue(simple.andCount() <= literal.andCount());
  }

  @Property(tries = 30)
  void sharedArgmax_isThePositionPlusMasks(
      @ForAll @IntRange(min = 2, max = 12) int classes, @ForAll long seed) {
    Circuit circuit = ActivationCircuits.sharedArgmax(32, classes, 2);
    java.util.Random random = new java.util.Random(seed);
    long[] y = random.longs(classes).toArray();
    long[] first = random.longs(classes).toArray();
    long[] second = random.longs(classes).toArray();
    int best = 0;
    int[] scores = new int[classes];
    for (int k = 0; k < classes; k++) {
      scores[k] = (int) (y[k] + first[k] + second[k]);
      best = scores[k] > scores[best] ? k : best;
    }
    long[] result =
        ClearEvaluator.evaluate(
            circuit,
            1,
            Map.of(
                "y",
                y,
                "share.0",
                first,
                "share.1",
                second,
                "mask.0",
                new long[] {3},
                "mask.1",
                new long[] {5}));
    int bits = circuit.outputs().getFirst().bits();
    assertArrayEquals(new long[] {unsigned(best + 8, bits)}, result);
  }

  @Property(tries = 200)
  void sharedActivation_isActivationOfTheSumPlusMasks(
      @ForAll @IntRange(min = 2, max = 64) int bits,
      @ForAll @IntRange(min = 1, max = 4) int garblers,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll boolean relu,
      @ForAll long seed) {
    int shift = bits / 4;
    Circuit circuit =
        ActivationCircuits.shared(new Activation(bits, shift, relu, window), garblers);
    java.util.Random random = new java.util.Random(seed);
    Map<String, long[]> inputs = new HashMap<>();
    long[] values = random.longs(window).toArray();
    inputs.put("y", values.clone());
    long masks = 0;
    for (int i = 0; i < garblers; i++) {
      long[] share = random.longs(window).toArray();
      for (int k = 0; k < window; k++) {
        values[k] += share[k];
      }
      long mask = random.nextLong();
      masks += mask;
      inputs.put(ActivationCircuits.share(i), share);
      inputs.put(ActivationCircuits.mask(i), new long[] {mask});
    }
    long largest = Long.MIN_VALUE;
    for (long value : values) {
      largest = Math.max(largest, signed(value, bits));
    }
    long x = (relu ? Math.max(largest, 0) : largest) >> shift;
    assertArrayEquals(
        new long[] {unsigned(x + masks, bits)}, ClearEvaluator.evaluate(circuit, 1, inputs));
  }
}
