package org.secolab.mpcgc.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;
import org.secolab.mpcgc.circuit.ActivationCircuits.Function;

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
    builder.output("modulo", words.subtractModulo(residues.get(0), residues.get(1), p));
    builder.output("clip", words.clip(in.getFirst(), shift, cap));
    builder.output("atMost", words.atMost(in.getFirst(), shift, cap));
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
      unsigned(Math.min(first >> shift, cap), bits),
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

  /** A ring 2^ℓ or an odd modulus, the paper's prime among them. */
  private static Ring ring(java.util.Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Ring.PowerOfTwo(random.nextInt(2, 65));
      case 1 -> new Ring.Prime(15 * (1L << 37) + 1);
      default -> new Ring.Prime(random.nextLong(1, 1L << random.nextInt(1, 61)) << 1 | 1);
    };
  }

  private static long residue(Ring ring, BigInteger x) {
    return x.mod(size(ring)).longValue();
  }

  private static BigInteger size(Ring ring) {
    return switch (ring) {
      case Ring.PowerOfTwo(int bits) -> BigInteger.TWO.pow(bits);
      case Ring.Prime(long p) -> BigInteger.valueOf(p);
    };
  }

  private static long centered(Ring ring, BigInteger x) {
    BigInteger residue = x.mod(size(ring));
    boolean negative = residue.shiftLeft(1).compareTo(size(ring)) >= 0;
    return (negative ? residue.subtract(size(ring)) : residue).longValueExact();
  }

  /** Residues, small and large ones of both signs, and those next to the change of sign. */
  private static long anyResidue(Ring ring, java.util.Random random) {
    BigInteger x =
        switch (random.nextInt(3)) {
          case 0 -> BigInteger.valueOf(random.nextInt(-3, 4));
          case 1 -> size(ring).shiftRight(1).add(BigInteger.valueOf(random.nextInt(-2, 3)));
          default -> new BigInteger(64, random);
        };
    return residue(ring, x);
  }

  private static BigInteger big(long residue) {
    return new BigInteger(Long.toUnsignedString(residue));
  }

  /** Chooses values and splits them; returns the signed numbers they stand for. */
  private static long[] sharedValues(
      Ring ring, int count, int garblers, java.util.Random random, Map<String, long[]> inputs) {
    long[] signed = new long[count];
    BigInteger[] opened = new BigInteger[count];
    for (int k = 0; k < count; k++) {
      long value = anyResidue(ring, random);
      signed[k] = centered(ring, big(value));
      opened[k] = big(value);
    }
    for (int i = 0; i < garblers; i++) {
      long[] share = new long[count];
      for (int k = 0; k < count; k++) {
        share[k] = anyResidue(ring, random);
        opened[k] = opened[k].subtract(big(share[k]));
      }
      inputs.put(ActivationCircuits.share(i), ring.shareEntries(i, share));
    }
    long[] y = new long[count];
    for (int k = 0; k < count; k++) {
      y[k] = residue(ring, opened[k]);
    }
    inputs.put("y", y);
    return signed;
  }

  private static Activation activation(Ring ring, int window, java.util.Random random) {
    OptionalLong cap =
        random.nextBoolean()
            ? OptionalLong.of(
                random.nextLong(1L << random.nextInt(1, ring.bits() + 1) & ~(1L << 63)))
            : OptionalLong.empty();
    return new Activation(ring, random.nextInt(ring.bits() - 1), random.nextBoolean(), cap, window);
  }

  /** As the interpreter of the fixed-point network has it, on signed numbers. */
  private static BigInteger definition(Activation activation, long[] signed) {
    long value = java.util.Arrays.stream(signed).max().orElseThrow();
    value = activation.relu() ? Math.max(value, 0) : value;
    value >>= activation.shift();
    if (activation.clipMaximum().isPresent()) {
      value = Math.min(value, activation.clipMaximum().getAsLong());
    }
    return BigInteger.valueOf(value);
  }

  /** Mostly an activation; the position of the largest where there are numbers for all. */
  private static Function function(Ring ring, int window, java.util.Random random) {
    boolean argmax = window > 1 && ring.bits() > 4 && random.nextInt(3) == 0;
    return argmax ? new ActivationCircuits.Argmax(ring, window) : activation(ring, window, random);
  }

  private static BigInteger definition(Function function, long[] values) {
    return switch (function) {
      case Activation activation -> definition(activation, values);
      case ActivationCircuits.Argmax _ -> {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
          best = values[k] > values[best] ? k : best;
        }
        yield BigInteger.valueOf(best);
      }
    };
  }

  @Property(tries = 300)
  void sharedFunction_isFunctionOfTheSumPlusMasks(
      @ForAll @IntRange(min = 1, max = 4) int garblers,
      @ForAll @IntRange(min = 1, max = 6) int window,
      @ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    Ring ring = ring(random);
    Function function = function(ring, window, random);
    Map<String, long[]> inputs = new HashMap<>();
    BigInteger expected =
        definition(function, sharedValues(ring, window, garblers, random, inputs));
    for (int i = 0; i < garblers; i++) {
      long mask = anyResidue(ring, random);
      expected = expected.add(big(mask));
      inputs.put(ActivationCircuits.mask(i), ring.maskEntries(i, new long[] {mask}));
    }
    Circuit circuit = ActivationCircuits.shared(function, garblers);
    assertArrayEquals(
        new long[] {residue(ring, expected)},
        ClearEvaluator.evaluate(circuit, 1, inputs),
        function.toString());
  }

  @Property(tries = 200)
  void twoPartyFunction_isFunctionOfTheSumPlusPad(
      @ForAll @IntRange(min = 1, max = 6) int window, @ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    Ring ring = ring(random);
    Function function = function(ring, window, random);
    Map<String, long[]> inputs = new HashMap<>();
    long[] signed = sharedValues(ring, window, 1, random, inputs);
    long pad = anyResidue(ring, random);
    Map<String, long[]> renamed =
        Map.of(
            "client",
            inputs.getOrDefault("y", new long[0]),
            "server",
            inputs.getOrDefault(ActivationCircuits.share(0), new long[0]),
            "pad",
            ring.maskEntries(0, new long[] {pad}));
    long expected = residue(ring, definition(function, signed).add(big(pad)));
    assertArrayEquals(
        new long[] {expected},
        ClearEvaluator.evaluate(ActivationCircuits.twoParty(function), 1, renamed),
        function.toString());
  }

  @Property(tries = 100)
  void printedActivation_isActivationOfTheSumPlusMasks(
      @ForAll @IntRange(min = 1, max = 3) int window, @ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    Ring ring = ring(random);
    Activation activation = activation(ring, window, random);
    Map<String, long[]> inputs = new HashMap<>();
    long[] signed = sharedValues(ring, window, 2, random, inputs);
    BigInteger expected = definition(activation, signed);
    // The evaluator's share is the third of the printed circuit.
    inputs.put(ActivationCircuits.share(2), inputs.getOrDefault("y", new long[0]));
    inputs.remove("y");
    for (int i = 0; i < 3; i++) {
      long mask = anyResidue(ring, random);
      expected = expected.add(big(mask));
      inputs.put(ActivationCircuits.mask(i), ring.maskEntries(i, new long[] {mask}));
    }
    assertArrayEquals(
        new long[] {residue(ring, expected)},
        ClearEvaluator.evaluate(ActivationCircuits.printed(activation), 1, inputs),
        activation.toString());
  }
}
