package org.secolab.modelio.onnx;

import java.util.Arrays;
import org.secolab.modelio.graph.Shape;

/** What a name in the ONNX graph stands for while importing. */
sealed interface Value {

  /** Known now. */
  record Known(Constant constant) implements Value {}

  /** Computed from the input: a value of the graph under construction. */
  final class Computed implements Value {
    private final int number;
    private final int[] dimensions;

    /**
     * @param number of the value in the float graph
     * @param dimensions as ONNX sees it, batch axis first and taken as 1
     */
    Computed(int number, int... dimensions) {
      if (dimensions.length < 1 || dimensions[0] != 1) {
        throw new IllegalArgumentException(
            "expected the first dimension to be the batch, got " + Arrays.toString(dimensions));
      }
      this.number = number;
      this.dimensions = dimensions;
    }

    int number() {
      return number;
    }

    int[] dimensions() {
      return dimensions;
    }

    int rank() {
      return dimensions.length;
    }

    /** An axis counted from the front. */
    int axis(int axis) {
      return Computed.axis(axis, dimensions.length);
    }

    static int axis(int axis, int rank) {
      if (axis < -rank || axis >= rank) {
        throw new IllegalArgumentException(
            "expected an axis in " + -rank + ".." + (rank - 1) + ", got " + axis);
      }
      return axis < 0 ? axis + rank : axis;
    }
  }

  /** The image shape of ONNX dimensions with batch: (n), (c, w) or (c, h, w); others are flat. */
  static Shape shape(int... dimensions) {
    return switch (dimensions.length) {
      case 3 -> new Shape(dimensions[1], 1, dimensions[2]);
      case 4 -> new Shape(dimensions[1], dimensions[2], dimensions[3]);
      default -> {
        long size = Constant.size(dimensions);
        if (size > Shape.MAXIMUM_SIZE) {
          throw new IllegalArgumentException(
              "expected at most " + Shape.MAXIMUM_SIZE + " values, got " + size);
        }
        yield Shape.vector((int) size);
      }
    };
  }
}
