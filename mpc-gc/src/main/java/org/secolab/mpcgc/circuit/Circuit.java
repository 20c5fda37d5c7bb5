package org.secolab.mpcgc.circuit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A Boolean circuit in an order in which every gate comes after its operands. Immutable.
 *
 * <p>Wire 0 is the constant 0; the input wires follow, port by port, word by word, least
 * significant bit first; then one wire per gate, so that the output of gate {@code g} is wire
 * {@code firstGateWire() + g}.
 */
public final class Circuit {
  /** What a gate does. */
  public enum Operation {
    /** Exclusive or: free. */
    XOR,
    /** And. */
    AND,
    /** Complement of the left operand; the right one is the same wire: free. */
    NOT
  }

  /**
   * Some words of equal width that enter together under one name.
   *
   * @param words how many, at least 1
   * @param bits width of each, 1 to 64
   * @param firstWire wire of the first word's least significant bit; the others follow
   */
  public record Input(String name, InputKind kind, int words, int bits, int firstWire) {
    /** The number of wires. */
    public int wires() {
      return words * bits;
    }
  }

  /**
   * A word that leaves.
   *
   * @param bits its width, 1 to 64
   * @param first position of its least significant bit among {@link Circuit#outputWire}
   * @param garbler the garbler that alone learns it; empty: the evaluator learns it
   */
  public record Output(String name, int bits, int first, OptionalInt garbler) {}

  /**
   * One step of evaluating what is known in setup: XOR and NOT gates, then AND gates that depend on
   * none of each other.
   *
   * @param linear gates to compute first, in order
   * @param and gates that one round of interaction computes together
   */
  public record SetupLevel(List<Integer> linear, List<Integer> and) {
    public SetupLevel {
      linear = List.copyOf(linear);
      and = List.copyOf(and);
    }
  }

  private final List<Input> inputs;
  private final List<Output> outputs;
  private final int[] outputWires;
  private final Operation[] operations;
  private final int[] left;
  private final int[] right;
  private final int firstGateWire;
  private final boolean[] setupKnown;
  private final List<SetupLevel> setupLevels;
  private final int andCount;
  private final int setupAndCount;
  private final int andDepth;
  private final byte[] digest;

  Circuit(
      List<Input> inputs,
      List<Output> outputs,
      int[] outputWires,
      Operation[] operations,
      int[] left,
      int[] right) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.outputWires = outputWires;
    this.operations = operations;
    this.left = left;
    this.right = right;
    this.firstGateWire = 1 + inputs.stream().mapToInt(Input::wires).sum();
    this.setupKnown = setupKnown();
    int[] depth = depths();
    this.setupLevels = setupLevels(depth);
    int ands = 0;
    int setupAnds = 0;
    int deepest = 0;
    for (int gate = 0; gate < operations.length; gate++) {
      deepest = Math.max(deepest, depth[gateWire(gate)]);
      if (operations[gate] == Operation.AND) {
        ands++;
        setupAnds += setupKnown[gateWire(gate)] ? 1 : 0;
      }
    }
    this.andCount = ands;
    this.setupAndCount = setupAnds;
    this.andDepth = deepest;
    this.digest = computeDigest();
  }

  private boolean[] setupKnown() {
    boolean[] known = new boolean[firstGateWire + operations.length];
    known[0] = true;
    for (Input input : inputs) {
      for (int w = 0; w < input.wires(); w++) {
        known[input.firstWire() + w] = input.kind() instanceof InputKind.SetupKnown;
      }
    }
    for (int gate = 0; gate < operations.length; gate++) {
      known[gateWire(gate)] = known[left[gate]] && known[right[gate]];
    }
    return known;
  }

  private int[] depths() {
    int[] depth = new int[wireCount()];
    for (int gate = 0; gate < operations.length; gate++) {
      int own = operations[gate] == Operation.AND ? 1 : 0;
      depth[gateWire(gate)] = own + Math.max(depth[left[gate]], depth[right[gate]]);
    }
    return depth;
  }

  private List<SetupLevel> setupLevels(int[] depth) {
    List<List<Integer>> linear = new ArrayList<>();
    List<List<Integer>> and = new ArrayList<>();
    for (int gate = 0; gate < operations.length; gate++) {
      int wire = gateWire(gate);
      if (setupKnown[wire]) {
        boolean isAnd = operations[gate] == Operation.AND;
        int level = depth[wire] - (isAnd ? 1 : 0);
        while (linear.size() <= level) {
          linear.add(new ArrayList<>());
          and.add(new ArrayList<>());
        }
        (isAnd ? and : linear).get(level).add(gate);
      }
    }
    List<SetupLevel> levels = new ArrayList<>();
    for (int level = 0; level < linear.size(); level++) {
      levels.add(new SetupLevel(linear.get(level), and.get(level)));
    }
    return List.copyOf(levels);
  }

  private byte[] computeDigest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((inputs + "\n" + outputs).getBytes(StandardCharsets.UTF_8));
      ByteBuffer gate = ByteBuffer.allocate(12);
      for (int g = 0; g < operations.length; g++) {
        gate.clear();
        int code =
            switch (operations[g]) {
              case XOR -> 0;
              case AND -> 1;
              case NOT -> 2;
            };
        gate.putInt(code).putInt(left[g]).putInt(right[g]);
        sha.update(gate.array());
      }
      for (int wire : outputWires) {
        sha.update(ByteBuffer.allocate(4).putInt(0, wire).array());
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The input ports, in the order of their wires. */
  public List<Input> inputs() {
    return inputs;
  }

  /**
   * The input port called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Input input(String name) {
    for (Input input : inputs) {
      if (input.name().equals(name)) {
        return input;
      }
    }
    throw new IllegalArgumentException(
        "expected one of the inputs "
            + inputs.stream().map(Input::name).toList()
            + ", got \""
            + name
            + "\"");
  }

  /** The output words, in order. */
  public List<Output> outputs() {
    return outputs;
  }

  /**
   * The output word called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Output output(String name) {
    for (Output output : outputs) {
      if (output.name().equals(name)) {
        return output;
      }
    }
    throw new IllegalArgumentException(
        "expected one of the outputs "
            + outputs.stream().map(Output::name).toList()
            + ", got \""
            + name
            + "\"");
  }

  /** The number of output bits of all words. */
  public int outputBits() {
    return outputWires.length;
  }

  /** The wire of output bit {@code position}. */
  public int outputWire(int position) {
    return outputWires[position];
  }

  /** The number of wires, the constant included. */
  public int wireCount() {
    return firstGateWire + operations.length;
  }

  /** The number of gates of all kinds. */
  public int gateCount() {
    return operations.length;
  }

  /** The wire of gate 0. */
  public int firstGateWire() {
    return firstGateWire;
  }

  /** The wire that {@code gate} drives. */
  public int gateWire(int gate) {
    return firstGateWire + gate;
  }

  /** What {@code gate} does. */
  public Operation operation(int gate) {
    return operations[gate];
  }

  /** The left operand's wire. */
  public int left(int gate) {
    return left[gate];
  }

  /** The right operand's wire; for NOT the left one again. */
  public int right(int gate) {
    return right[gate];
  }

  /** Whether {@code wire} depends on constants and inputs known in setup only. */
  public boolean isSetupKnown(int wire) {
    return setupKnown[wire];
  }

  /** How what is known in setup is computed, round by round. */
  public List<SetupLevel> setupLevels() {
    return setupLevels;
  }

  /** All AND gates. */
  public int andCount() {
    return andCount;
  }

  /** The AND gates that depend on setup-known inputs only and need no rows. */
  public int setupAndCount() {
    return setupAndCount;
  }

  /** The AND gates that need rows. */
  public int garbledAndCount() {
    return andCount - setupAndCount;
  }

  /** The largest number of AND gates on one path. */
  public int andDepth() {
    return andDepth;
  }

  /** SHA-256 of the whole description: equal circuits, equal digests. */
  public byte[] digest() {
    return digest.clone();
  }

  @Override
  public String toString() {
    return "Circuit of " + gateCount() + " gates, " + andCount + " AND";
  }
}
