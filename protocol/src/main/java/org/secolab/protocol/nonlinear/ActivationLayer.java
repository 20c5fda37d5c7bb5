package org.secolab.protocol.nonlinear;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedArgmax;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.Ring;

/**
 * An activation layer as instances of one circuit, one instance for each output value. A value that
 * lies in several pooling windows enters several instances. The decision of a model that reveals
 * nothing else is one instance, which all scores enter.
 */
public final class ActivationLayer {
  private final int number;
  private final int inputSize;
  private final int window;
  private final int[] sources;
  private final ActivationCircuits.Function function;

  private ActivationLayer(
      int number, int inputSize, int[][] windows, ActivationCircuits.Function function) {
    this.number = number;
    this.inputSize = inputSize;
    this.window = function.window();
    this.sources = Arrays.stream(windows).flatMapToInt(Arrays::stream).toArray();
    this.function = function;
  }

  /**
   * Layer {@code number}.
   *
   * @throws IllegalArgumentException for a linear layer
   */
  public static ActivationLayer of(int number, FixedLayer layer, Modulus modulus) {
    Ring ring = ring(modulus);
    int size = layer.inputShape().size();
    return switch (layer) {
      case FixedActivation activation -> {
        int[][] windows = windows(activation);
        yield new ActivationLayer(
            number,
            size,
            windows,
            new ActivationCircuits.Activation(
                ring,
                activation.shift(),
                activation.relu(),
                activation.clipMaximum(),
                windows[0].length));
      }
      case FixedArgmax _ -> {
        int[][] all = {IntStream.range(0, size).toArray()};
        yield new ActivationLayer(number, size, all, new ActivationCircuits.Argmax(ring, size));
      }
      case FixedLinear linear ->
          throw new IllegalArgumentException("expected an activation, got " + linear.name());
    };
  }

  private static Ring ring(Modulus modulus) {
    return modulus.isPowerOfTwo()
        ? new Ring.PowerOfTwo(modulus.bits())
        : new Ring.Prime(modulus.value());
  }

  /** How parties must enter their parts. */
  public Ring ring() {
    return function.ring();
  }

  private static int[][] windows(FixedActivation activation) {
    if (activation.window().isEmpty()) {
      int[][] single = new int[activation.outputShape().size()][1];
      for (int i = 0; i < single.length; i++) {
        single[i][0] = i;
      }
      return single;
    }
    int[][] windows = activation.window().get().gather(activation.inputShape());
    for (int[] indices : windows) {
      // Padding never wins; the maximum does not change when another value of the window stands in
      // for it.
      int inside = Arrays.stream(indices).filter(index -> index >= 0).findFirst().orElseThrow();
      for (int k = 0; k < indices.length; k++) {
        indices[k] = indices[k] < 0 ? inside : indices[k];
      }
    }
    return windows;
  }

  /** The layer's number, from 1 on. */
  public int number() {
    return number;
  }

  /** One for each output value. */
  public int instances() {
    return sources.length / window;
  }

  /** The size of the input tensor. */
  public int inputSize() {
    return inputSize;
  }

  /** The circuit for values shared among {@code garblers} garblers and the evaluator. */
  public Circuit shared(int garblers) {
    return ActivationCircuits.shared(function, garblers);
  }

  /**
   * The circuit for values shared among garbler, evaluator and a third party, as SECO prints it.
   */
  public Circuit printed() {
    return ActivationCircuits.printed(function);
  }

  /** The circuit for values shared between the gateway (garbler) and the user (evaluator). */
  public Circuit twoParty() {
    return ActivationCircuits.twoParty(function);
  }

  /** The input words of all instances, in their order, out of the layer's input tensor. */
  public long[] gather(long[] tensor) {
    long[] words = new long[sources.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = tensor[sources[i]];
    }
    return words;
  }
}
