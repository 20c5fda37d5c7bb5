package org.secolab.mpcgc.circuit;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Circuits as text in "Bristol Fashion": the number of gates and wires; the number of inputs and
 * their widths; the number of outputs and their widths; then one gate per line, {@code inputs
 * outputs wires… NAME}, with XOR, AND, INV, EQ (a constant), EQW (a copy) and MAND (several ANDs).
 * Inputs are the first wires, outputs the last, least significant bit first.
 */
public final class BristolFashion {
  private static final int LARGEST = 1 << 26;

  private BristolFashion() {}

  /**
   * Reads a circuit. An input of more than 64 bits becomes words of the largest equal width; an
   * output of more than 64 bits becomes words of 64 bits and a rest. Inputs are called {@code in0},
   * {@code in1}, …, outputs {@code out0}, ….
   *
   * @param kinds who knows each input
   * @throws CircuitFormatException if the text is no such circuit, or has another number of inputs
   */
  public static Circuit read(BufferedReader text, List<InputKind> kinds)
      throws IOException, CircuitFormatException {
    return new Parser(text).circuit(kinds);
  }

  private static final class Parser {
    private final BufferedReader text;
    private int line;

    Parser(BufferedReader text) {
      this.text = text;
    }

    /** The next line that is not empty, cut into words. */
    private String[] next() throws IOException, CircuitFormatException {
      while (true) {
        String read = text.readLine();
        line++;
        if (read == null) {
          throw new CircuitFormatException(line, "expected more lines, got the end");
        }
        if (!read.isBlank()) {
          return read.strip().split("\\s+");
        }
      }
    }

    private int number(String word, int limit) throws CircuitFormatException {
      try {
        int number = Integer.parseInt(word);
        if (number >= 0 && number <= limit) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below, like a number out of range.
      }
      throw new CircuitFormatException(
          line, "expected a number from 0 to " + limit + ", got \"" + word + "\"");
    }

    /** A count and as many numbers. */
    private int[] list(String[] words, String what) throws CircuitFormatException {
      int count = number(words[0], LARGEST);
      if (words.length != count + 1) {
        if (words.length == 3) {
          throw old();
        }
        throw new CircuitFormatException(
            line, "expected " + count + " widths of " + what + ", got " + (words.length - 1));
      }
      int[] widths = new int[count];
      for (int i = 0; i < count; i++) {
        widths[i] = number(words[i + 1], LARGEST);
        if (widths[i] == 0) {
          throw new CircuitFormatException(line, "expected a positive width, got 0");
        }
      }
      return widths;
    }

    private CircuitFormatException old() {
      return new CircuitFormatException(
          line,
          "expected Bristol Fashion, got the older Bristol Format"
              + " (second line: the bits of two inputs and one output)");
    }

    Circuit circuit(List<InputKind> kinds) throws IOException, CircuitFormatException {
      String[] counts = next();
      if (counts.length != 2) {
        throw new CircuitFormatException(line, "expected the numbers of gates and of wires");
      }
      int gates = number(counts[0], LARGEST);
      int wires = number(counts[1], LARGEST);
      int[] inputs = list(next(), "inputs");
      if (inputs.length != kinds.size()) {
        throw new CircuitFormatException(
            line, "expected " + kinds.size() + " inputs, got " + inputs.length);
      }
      String[] third = next();
      if (!Character.isDigit(third[third.length - 1].charAt(0))) {
        throw old();
      }
      int[] outputs = list(third, "outputs");
      int outputWires = Arrays.stream(outputs).sum();
      if (Arrays.stream(inputs).asLongStream().sum() > wires || outputWires > wires) {
        throw new CircuitFormatException(line, "expected at most " + wires + " bits in and out");
      }
      CircuitBuilder builder = new CircuitBuilder();
      Bit[] bits = new Bit[wires];
      int wire = 0;
      for (int i = 0; i < inputs.length; i++) {
        int width = largestEqualWidth(inputs[i]);
        for (Word word : builder.inputs("in" + i, kinds.get(i), inputs[i] / width, width)) {
          for (Bit bit : word.bits()) {
            bits[wire++] = bit;
          }
        }
      }
      for (int gate = 0; gate < gates; gate++) {
        gate(next(), builder, bits);
      }
      int first = wires - outputWires;
      for (int o = 0; o < outputs.length; o++) {
        for (int from = 0; from < outputs[o]; from += 64) {
          List<Bit> word = new ArrayList<>();
          for (int b = from; b < Math.min(outputs[o], from + 64); b++) {
            word.add(bit(bits, first + b));
          }
          builder.output(
              outputs[o] <= 64 ? "out" + o : "out" + o + "." + from / 64, new Word(word));
        }
        first += outputs[o];
      }
      return builder.build();
    }

    private static int largestEqualWidth(int bits) {
      int width = Math.min(64, bits);
      while (bits % width != 0) {
        width--;
      }
      return width;
    }

    private Bit bit(Bit[] bits, int wire) throws CircuitFormatException {
      Bit bit = bits[wire];
      if (bit == null) {
        throw new CircuitFormatException(line, "expected wire " + wire + " to have a value by now");
      }
      return bit;
    }

    private void gate(String[] words, CircuitBuilder builder, Bit[] bits)
        throws CircuitFormatException {
      String name = words[words.length - 1];
      if (words.length < 3) {
        throw new CircuitFormatException(line, "expected a gate, got \"" + name + "\"");
      }
      int in = number(words[0], bits.length);
      int out = number(words[1], bits.length);
      if (words.length != 3 + in + out) {
        throw new CircuitFormatException(
            line, "expected " + in + " and " + out + " wires, got " + (words.length - 3));
      }
      int expectedIn =
          switch (name) {
            case "XOR", "AND" -> 2;
            case "INV", "EQ", "EQW" -> 1;
            case "MAND" -> 2 * out;
            default ->
                throw new CircuitFormatException(
                    line, "expected XOR, AND, INV, EQ, EQW or MAND, got \"" + name + "\"");
          };
      if (in != expectedIn || (out != 1 && !name.equals("MAND"))) {
        throw new CircuitFormatException(
            line, "expected " + expectedIn + " wires into " + name + ", got " + in);
      }
      for (int o = 0; o < out; o++) {
        int target = number(words[2 + in + o], bits.length - 1);
        if (name.equals("EQ")) {
          bits[target] = number(words[2], 1) == 1 ? Bit.ONE : Bit.ZERO;
          continue;
        }
        Bit a = bit(bits, number(words[2 + o], bits.length - 1));
        Bit b = in == 1 ? a : bit(bits, number(words[2 + in / 2 + o], bits.length - 1));
        bits[target] =
            switch (name) {
              case "XOR" -> builder.xor(a, b);
              case "INV" -> a.not();
              case "EQW" -> a;
              default -> builder.and(a, b);
            };
      }
    }
  }

  /** Writes {@code circuit}; every output bit is a copy of its wire, so that outputs come last. */
  public static void write(Circuit circuit, Appendable text) throws IOException {
    int inputWires = circuit.firstGateWire() - 1;
    boolean constant = usesConstant(circuit);
    int shift = constant ? inputWires : -1;
    int gates = circuit.gateCount() + circuit.outputBits() + (constant ? 1 : 0);
    text.append(gates + " " + (inputWires + gates) + "\n");
    text.append(Integer.toString(circuit.inputs().size()));
    for (Circuit.Input input : circuit.inputs()) {
      text.append(" " + input.wires());
    }
    text.append("\n" + circuit.outputs().size());
    for (Circuit.Output output : circuit.outputs()) {
      text.append(" " + output.bits());
    }
    text.append("\n\n");
    if (constant) {
      text.append("1 1 0 " + inputWires + " EQ\n");
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int a = number(circuit, circuit.left(gate), shift);
      int b = number(circuit, circuit.right(gate), shift);
      int target = number(circuit, circuit.gateWire(gate), shift);
      text.append(
          switch (circuit.operation(gate)) {
            case XOR -> "2 1 " + a + " " + b + " " + target + " XOR\n";
            case AND -> "2 1 " + a + " " + b + " " + target + " AND\n";
            case NOT -> "1 1 " + a + " " + target + " INV\n";
          });
    }
    int next = inputWires + gates - circuit.outputBits();
    for (int o = 0; o < circuit.outputBits(); o++) {
      int source = number(circuit, circuit.outputWire(o), shift);
      text.append("1 1 " + source + " " + (next + o) + " EQW\n");
    }
  }

  private static boolean usesConstant(Circuit circuit) {
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      if (circuit.left(gate) == 0 || circuit.right(gate) == 0) {
        return true;
      }
    }
    for (int o = 0; o < circuit.outputBits(); o++) {
      if (circuit.outputWire(o) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Our wire 0 is the constant, theirs the first input; the constant comes behind the inputs. */
  private static int number(Circuit circuit, int wire, int constant) {
    if (wire == 0) {
      return constant;
    }
    return wire < circuit.firstGateWire() || constant < 0 ? wire - 1 : wire;
  }
}
