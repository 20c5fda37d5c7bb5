package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * A layer of the float network after {@link Lowering}: the same alternation as in a {@link
 * FixedModel}, still in real numbers.
 */
sealed interface FloatLayer {
  String name();

  Shape outputShape();

  /** The sum of its branches. */
  record Affine(String name, Shape inputShape, Shape outputShape, List<Branch> branches)
      implements FloatLayer {}

  /** Maximum over windows, ReLU, and minimum with {@code clipMaximum}, each if present. */
  record Activation(
      String name,
      Shape inputShape,
      boolean relu,
      OptionalDouble clipMaximum,
      Optional<Window> window)
      implements FloatLayer {
    @Override
    public Shape outputShape() {
      return window.map(w -> w.outputShape(inputShape, inputShape.channels())).orElse(inputShape);
    }

    Activation with(boolean newRelu, OptionalDouble newClip, Optional<Window> newWindow) {
      return new Activation(name, inputShape, newRelu, newClip, newWindow);
    }
  }

  /**
   * Operations on the output of layer {@code source} (0: the input). There is at most one
   * convolution; average pools divide by {@link Window#kernelSize}.
   */
  record Branch(int source, Shape sourceShape, List<Layer.Linear> operations) {
    public Branch {
      operations = List.copyOf(operations);
    }

    Shape outputShape() {
      return operations.isEmpty() ? sourceShape : operations.getLast().outputShape();
    }

    boolean hasConvolution() {
      return operations.stream().anyMatch(Convolution.class::isInstance);
    }

    /** Whether it is its source, at most reshaped. */
    boolean isPlain() {
      return operations.stream().allMatch(Layer.Reshape.class::isInstance);
    }

    /** Without the last operation. */
    Branch shorter() {
      return new Branch(source, sourceShape, operations.subList(0, operations.size() - 1));
    }

    Branch append(Layer.Linear operation) {
      List<Layer.Linear> longer = new ArrayList<>(operations);
      longer.add(operation);
      return new Branch(source, sourceShape, longer);
    }
  }
}
