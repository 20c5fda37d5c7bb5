package org.secolab.mpcgc.multiparty;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.preprocess.BitProducts.Product;

/**
 * How a batch is cut into passes and messages: computed alike by all parties from the circuit, the
 * number of garblers and the number of instances.
 *
 * <p>A place is a wire, or behind the wires the σ of a garbled AND gate; the σ of a gate known in
 * setup is its wire.
 */
final class Layout {
  /** What one pass may take at a garbler, about. */
  private static final long PASS_BYTES = 64L << 20;

  /** What one message of rows has, about. */
  private static final int ROW_MESSAGE_BYTES = 1 << 20;

  final Circuit circuit;
  final int garblers;
  final int instances;
  final int places;
  final MaskSlots maskSlots;
  final int passInstances;
  final int gatesPerMessage;
  final int[] garbledGates;
  final int[] evaluatorWires;
  private final int[] sigmaPlace;

  Layout(Circuit circuit, GarblingScheme scheme, int garblers, int instances) {
    this.circuit = circuit;
    this.garblers = garblers;
    this.instances = instances;
    sigmaPlace = new int[circuit.gateCount()];
    garbledGates = new int[circuit.garbledAndCount()];
    int garbled = 0;
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      if (circuit.operation(gate) == Circuit.Operation.AND) {
        boolean known = circuit.isSetupKnown(circuit.gateWire(gate));
        sigmaPlace[gate] = known ? circuit.gateWire(gate) : circuit.wireCount() + garbled;
        if (!known) {
          garbledGates[garbled++] = gate;
        }
      }
    }
    places = circuit.wireCount() + garbled;
    maskSlots = new MaskSlots(circuit, places, sigmaPlace);
    List<Integer> wires = new ArrayList<>();
    for (Circuit.Input input : circuit.inputs()) {
      if (input.kind() instanceof InputKind.EvaluatorInput) {
        addWires(wires, input);
      }
    }
    evaluatorWires = wires.stream().mapToInt(Integer::intValue).toArray();
    int held = garblers == 1 ? places : maskSlots.count();
    long bytesPerInstance = 16L * held * (2L * garblers) + 1;
    // Whole stretches that share a key, where one fits.
    long fitting = PASS_BYTES / bytesPerInstance;
    int stretch = TweakedHash.instancesPerKey(scheme.callsPerInstance(garblers));
    fitting -= fitting % (fitting < stretch ? 64 : Math.max(64, stretch));
    int rounded = Math.min(1 << 20, (instances + 63) / 64 * 64);
    passInstances = Math.clamp(fitting, 64, Math.max(64, rounded));
    int rowBytes = 16 * scheme.rowsSent(garblers) * Math.min(passInstances, instances);
    gatesPerMessage = Math.max(1, ROW_MESSAGE_BYTES / rowBytes);
  }

  private static void addWires(List<Integer> wires, Circuit.Input input) {
    for (int w = 0; w < input.wires(); w++) {
      wires.add(input.firstWire() + w);
    }
  }

  /** The number of passes. */
  int passes() {
    return (instances + passInstances - 1) / passInstances;
  }

  /** The instances of pass {@code pass}, which begins at {@code pass · passInstances}. */
  int passSize(int pass) {
    return Math.min(passInstances, instances - pass * passInstances);
  }

  /**
   * The places that take a transfer with garbler {@code receiver} choosing: its own inputs, the
   * masks of garbled AND gates, and every σ. Nobody needs any for a single garbler.
   */
  int[] transferPlaces(int receiver) {
    List<Integer> wires = new ArrayList<>();
    for (Circuit.Input input : circuit.inputs()) {
      if (owner(input.kind()) == receiver) {
        addWires(wires, input);
      }
    }
    for (int gate : garbledGates) {
      wires.add(circuit.gateWire(gate));
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      if (circuit.operation(gate) == Circuit.Operation.AND) {
        wires.add(sigmaPlace[gate]);
      }
    }
    return wires.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The garbler that knows an input, or −1: the evaluator. */
  static int owner(InputKind kind) {
    return switch (kind) {
      case InputKind.SetupKnown known -> known.garbler();
      case InputKind.GarblerOnline online -> online.garbler();
      case InputKind.EvaluatorInput evaluator -> -1;
    };
  }

  /**
   * The positions of output bits that one party learns.
   *
   * @param garbler empty: the evaluator
   */
  int[] outputBits(OptionalInt garbler) {
    return circuit.outputs().stream()
        .filter(output -> output.garbler().equals(garbler))
        .flatMapToInt(output -> IntStream.range(output.first(), output.first() + output.bits()))
        .toArray();
  }

  /** The σ of an AND gate as a product of its operands' masks. */
  Product product(int gate) {
    return new Product(gate, circuit.left(gate), circuit.right(gate), sigmaPlace[gate]);
  }

  /** Where the σ of an AND gate lies. */
  int sigmaPlace(int gate) {
    return sigmaPlace[gate];
  }

  /** Refuses circuits whose owners are not among the garblers. */
  void requireOwners() {
    for (Circuit.Output output : circuit.outputs()) {
      if (output.garbler().orElse(0) < 0 || output.garbler().orElse(0) >= garblers) {
        throw new IllegalArgumentException(
            "expected outputs to garblers 0 to " + (garblers - 1) + ", got " + output);
      }
    }
    for (Circuit.Input input : circuit.inputs()) {
      if (owner(input.kind()) >= garblers) {
        throw new IllegalArgumentException(
            "expected inputs of garblers 0 to "
                + (garblers - 1)
                + ", got \""
                + input.name()
                + "\" of garbler "
                + owner(input.kind()));
      }
    }
  }
}
