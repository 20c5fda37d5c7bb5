package org.secolab.mpcgc.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
