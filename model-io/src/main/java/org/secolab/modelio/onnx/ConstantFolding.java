package org.secolab.modelio.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Operators on constants, as exporters leave them in files: mostly the arithmetic of shapes, and
 * rearrangements of weights.
 */
final class ConstantFolding {
  /** No folded constant may have more values than this: 2^24. */
  private static final long MAXIMUM_SIZE = 1 << 24;

  private ConstantFolding() {}

  static Constant apply(String operator, Attributes attributes, Arguments arguments) {
    return switch (operator) {
      case "Identity", "Dropout" -> arguments.known(0);
      case "Cast" -> cast(arguments.known(0), attributes.integer("to", 1));
      case "Add" -> combine(arguments, Double::sum);
      case "Sub" -> combine(arguments, (a, b) -> a - b);
      case "Mul" -> combine(arguments, (a, b) -> a * b);
      case "Div" -> combine(arguments, (a, b) -> a / b);
      case "Neg" -> negate(arguments.known(0));
      case "Sqrt" -> map(arguments.known(0), Math::sqrt);
      case "Reshape" -> {
        Constant x = arguments.known(0);
        boolean allowZero = attributes.integer("allowzero", 0) != 0;
        yield x.withDimensions(reshape(x.dimensions(), arguments.known(1).integers(), allowZero));
      }
      case "Squeeze" -> {
        Constant x = arguments.known(0);
        yield x.withDimensions(squeeze(x.dimensions(), axes(attributes, arguments)));
      }
      case "Unsqueeze" -> {
        Constant x = arguments.known(0);
        int[] axes = axes(attributes, arguments);
        if (axes == null) {
          throw new IllegalArgumentException("expected axes, got none");
        }
        yield x.withDimensions(unsqueeze(x.dimensions(), axes));
      }
      case "Transpose" -> transpose(arguments.known(0), attributes.integers("perm"));
      case "Gather" -> gather(arguments.known(0), arguments.known(1), attributes);
      case "Slice" -> slice(attributes, arguments);
      case "Concat" -> concat(attributes, arguments);
      case "ConstantOfShape" -> constantOfShape(attributes, arguments.known(0));
      default -> throw new IllegalArgumentException("operator not supported on constants");
    };
  }

  private static Constant cast(Constant x, int type) {
    // 1, 10 and 11 are floating-point types, the others integers.
    return type == 1 || type == 10 || type == 11
        ? x
        : map(x, value -> value < 0 ? Math.ceil(value) : Math.floor(value));
  }

  private static Constant map(Constant x, DoubleUnaryOperator function) {
    return new Constant(x.dimensions(), Arrays.stream(x.values()).map(function).toArray());
  }

  static Constant negate(Constant x) {
    return map(x, value -> -value);
  }

  static Constant reciprocal(Constant x) {
    if (Arrays.stream(x.values()).anyMatch(value -> value == 0)) {
      throw new IllegalArgumentException("expected divisors other than 0");
    }
    return map(x, value -> 1 / value);
  }

  private static Constant combine(Arguments arguments, DoubleBinaryOperator function) {
    Constant a = arguments.known(0);
    Constant b = arguments.known(1);
    int rank = Math.max(a.rank(), b.rank());
    int[] dimensions = new int[rank];
    for (int i = 0; i < rank; i++) {
      int da = i < rank - a.rank() ? 1 : a.dimensions()[i - rank + a.rank()];
      int db = i < rank - b.rank() ? 1 : b.dimensions()[i - rank + b.rank()];
      dimensions[i] = da == 1 ? db : da;
    }
    double[] x = broadcast(a, dimensions);
    double[] y = broadcast(b, dimensions);
    for (int i = 0; i < x.length; i++) {
      x[i] = function.applyAsDouble(x[i], y[i]);
      if (Double.isNaN(x[i])) {
        throw new IllegalArgumentException("expected numbers, got NaN");
      }
    }
    return new Constant(dimensions, x);
  }

  /** A new array: the constant repeated along axes where it has extent 1, as ONNX broadcasts. */
  static double[] broadcast(Constant constant, int... dimensions) {
    int[] from = constant.dimensions();
    int offset = dimensions.length - from.length;
    boolean fits = offset >= 0;
    for (int i = 0; fits && i < from.length; i++) {
      fits = from[i] == 1 || from[i] == dimensions[i + offset];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expected a constant that broadcasts to "
              + Arrays.toString(dimensions)
              + ", got "
              + Arrays.toString(from));
    }
    int[] strides = strides(from);
    double[] result = new double[checkedSize(dimensions)];
    int[] position = new int[dimensions.length];
    for (int o = 0; o < result.length; o++) {
      int index = 0;
      for (int i = 0; i < from.length; i++) {
        index += from[i] == 1 ? 0 : position[i + offset] * strides[i];
      }
      result[o] = constant.values()[index];
      advance(position, dimensions);
    }
    return result;
  }

  private static int checkedSize(int... dimensions) {
    long size = Constant.size(dimensions);
    if (size > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "expected at most " + MAXIMUM_SIZE + " values, got " + size);
    }
    return (int) size;
  }

  private static int[] strides(int[] dimensions) {
    int[] strides = new int[dimensions.length];
    int stride = 1;
    for (int i = dimensions.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dimensions[i];
    }
    return strides;
  }

  /** The next position in row-major order. */
  private static void advance(int[] position, int[] dimensions) {
    for (int i = position.length - 1; i >= 0; i--) {
      if (++position[i] < dimensions[i]) {
        return;
      }
      position[i] = 0;
    }
  }

  /** The dimensions a Reshape to {@code target} has: 0 keeps a dimension, −1 is worked out. */
  static int[] reshape(int[] dimensions, int[] target, boolean allowZero) {
    long size = Constant.size(dimensions);
    int[] result = target.clone();
    int open = -1;
    for (int i = 0; i < result.length; i++) {
      if (result[i] == 0 && !allowZero && i < dimensions.length) {
        result[i] = dimensions[i];
      }
      if (result[i] == -1 && open < 0) {
        open = i;
        result[i] = 1;
      }
    }
    long rest = Constant.size(result);
    if (open >= 0 && rest > 0 && size % rest == 0) {
      result[open] = Math.toIntExact(size / rest);
    }
    if (Constant.size(result) != size) {
      throw new IllegalArgumentException(
          "expected a shape for "
              + Arrays.toString(dimensions)
              + ", got "
              + Arrays.toString(target));
    }
    return result;
  }

  /**
   * @param axes which to drop; {@code null} drops every axis of extent 1
   */
  static int[] squeeze(int[] dimensions, int @Nullable [] axes) {
    int rank = dimensions.length;
    boolean[] dropped = new boolean[rank];
    if (axes == null) {
      for (int i = 0; i < rank; i++) {
        dropped[i] = dimensions[i] == 1;
      }
    } else {
      for (int axis : axes) {
        int i = Value.Computed.axis(axis, rank);
        if (dimensions[i] != 1) {
          throw new IllegalArgumentException(
              "expected extent 1 at axis " + i + ", got " + dimensions[i]);
        }
        dropped[i] = true;
      }
    }
    return IntStream.range(0, rank).filter(i -> !dropped[i]).map(i -> dimensions[i]).toArray();
  }

  static int[] unsqueeze(int[] dimensions, int[] axes) {
    int rank = dimensions.length + axes.length;
    boolean[] added = new boolean[rank];
    for (int axis : axes) {
      int i = Value.Computed.axis(axis, rank);
      if (added[i]) {
        throw new IllegalArgumentException("expected distinct axes, got " + i + " twice");
      }
      added[i] = true;
    }
    int[] result = new int[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      result[i] = added[i] ? 1 : dimensions[next++];
    }
    return result;
  }

  private static int @Nullable [] axes(Attributes attributes, Arguments arguments) {
    return arguments.has(1) ? arguments.known(1).integers() : attributes.integers("axes");
  }

  static int[] transposed(int[] dimensions, int[] permutation) {
    boolean[] seen = new boolean[dimensions.length];
    int[] result = new int[dimensions.length];
    boolean fits = permutation.length == dimensions.length;
    for (int i = 0; fits && i < result.length; i++) {
      fits = permutation[i] >= 0 && permutation[i] < seen.length && !seen[permutation[i]];
      if (fits) {
        seen[permutation[i]] = true;
        result[i] = dimensions[permutation[i]];
      }
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expected a permutation of "
              + dimensions.length
              + " axes, got "
              + Arrays.toString(permutation));
    }
    return result;
  }

  /** For every flat index of the transposed tensor, the flat index it comes from. */
  static int[] transposition(int[] dimensions, int[] permutation) {
    int[] result = transposed(dimensions, permutation);
    int[] strides = strides(dimensions);
    int[] source = new int[checkedSize(dimensions)];
    int[] position = new int[result.length];
    for (int o = 0; o < source.length; o++) {
      for (int i = 0; i < position.length; i++) {
        source[o] += position[i] * strides[permutation[i]];
      }
      advance(position, result);
    }
    return source;
  }

  private static Constant transpose(Constant x, int @Nullable [] permutation) {
    int rank = x.rank();
    int[] axes =
        permutation == null
            ? IntStream.range(0, rank).map(i -> rank - 1 - i).toArray()
            : permutation;
    int[] source = transposition(x.dimensions(), axes);
    double[] values = new double[source.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.values()[source[i]];
    }
    return new Constant(transposed(x.dimensions(), axes), values);
  }

  private static Constant gather(Constant x, Constant indices, Attributes attributes) {
    if (x.rank() != 1 || attributes.integer("axis", 0) != 0 || indices.rank() > 1) {
      throw new IllegalArgumentException("expected to gather from a vector");
    }
    int n = x.values().length;
    double[] values = new double[indices.values().length];
    int[] wanted = indices.integers();
    for (int i = 0; i < values.length; i++) {
      int index = wanted[i] < 0 ? wanted[i] + n : wanted[i];
      if (index < 0 || index >= n) {
        throw new IllegalArgumentException("expected an index below " + n + ", got " + wanted[i]);
      }
      values[i] = x.values()[index];
    }
    return new Constant(indices.dimensions(), values);
  }

  private static Constant slice(Attributes attributes, Arguments arguments) {
    Constant x = arguments.known(0);
    boolean byInputs = arguments.count() > 1;
    int[] starts = byInputs ? arguments.known(1).integers() : attributes.integers("starts");
    int[] ends = byInputs ? arguments.known(2).integers() : attributes.integers("ends");
    int[] steps = arguments.has(4) ? arguments.known(4).integers() : new int[] {1};
    if (x.rank() != 1
        || starts == null
        || ends == null
        || starts.length != 1
        || ends.length != 1
        || steps.length != 1
        || steps[0] < 1) {
      throw new IllegalArgumentException("expected to slice a vector forwards");
    }
    int n = x.values().length;
    int start = Math.clamp(starts[0] < 0 ? (long) starts[0] + n : starts[0], 0, n);
    int end = Math.clamp(ends[0] < 0 ? (long) ends[0] + n : ends[0], start, n);
    double[] values = new double[Math.ceilDiv(end - start, steps[0])];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.values()[start + i * steps[0]];
    }
    return Constant.vector(values);
  }

  private static Constant concat(Attributes attributes, Arguments arguments) {
    long size = 0;
    for (int i = 0; i < arguments.count(); i++) {
      Constant part = arguments.known(i);
      if (part.rank() != 1 || attributes.integer("axis", 0) != 0) {
        throw new IllegalArgumentException("expected to concatenate vectors");
      }
      size += part.values().length;
    }
    double[] values = new double[checkedSize(Math.toIntExact(size))];
    int at = 0;
    for (int i = 0; i < arguments.count(); i++) {
      double[] part = arguments.known(i).values();
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return Constant.vector(values);
  }

  private static Constant constantOfShape(Attributes attributes, Constant shape) {
    int[] dimensions = shape.integers();
    double value = attributes.has("value") ? attributes.constant().single() : 0;
    double[] values = new double[checkedSize(dimensions)];
    Arrays.fill(values, value);
    return new Constant(dimensions, values);
  }
}
