package org.secolab.modelio.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A constant tensor: an initialiser, a Constant node, or something folded from them. */
final class Constant {
  private final int[] dimensions;
  private final double[] values;

  /**
   * @throws IllegalArgumentException if the sizes differ
   */
  Constant(int[] dimensions, double[] values) {
    if (size(dimensions) != values.length) {
      throw new IllegalArgumentException(
          "expected " + size(dimensions) + " values, got " + values.length);
    }
    this.dimensions = dimensions;
    this.values = values;
  }

  static Constant scalar(double value) {
    return new Constant(new int[0], new double[] {value});
  }

  static Constant vector(double... values) {
    return new Constant(new int[] {values.length}, values);
  }

  int[] dimensions() {
    return dimensions;
  }

  int rank() {
    return dimensions.length;
  }

  double[] values() {
    return values;
  }

  Constant withDimensions(int... newDimensions) {
    return new Constant(newDimensions, values);
  }

  /** The only value. */
  double single() {
    if (values.length != 1) {
      throw new IllegalArgumentException("expected one number, got " + values.length);
    }
    return values[0];
  }

  /** The values as integers, for shapes and axes. */
  int[] integers() {
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      // Larger magnitudes stand for "to the end" in slices.
      integers[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, values[i]));
    }
    return integers;
  }

  /** The product, at most 2^40. */
  static long size(int[] dimensions) {
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 0 || (size *= dimension) > 1L << 40) {
        throw new IllegalArgumentException(
            "expected a tensor of moderate size, got dimensions " + Arrays.toString(dimensions));
      }
    }
    return size;
  }

  /**
   * Decodes a tensor message. Memory is taken only after its size was compared with the bytes that
   * are there.
   *
   * @throws IllegalArgumentException if it is malformed, of an unsupported type, or not finite
   */
  static Constant decode(TensorProto proto) {
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || proto.getExternalDataCount() > 0) {
      throw new IllegalArgumentException("expected data inside the file, got external data");
    }
    int[] dimensions = new int[proto.getDimsCount()];
    if (dimensions.length > 8) {
      throw new IllegalArgumentException("expected rank at most 8, got " + dimensions.length);
    }
    for (int i = 0; i < dimensions.length; i++) {
      long dimension = proto.getDims(i);
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "expected a dimension of moderate size, got " + dimension);
      }
      dimensions[i] = (int) dimension;
    }
    long size = size(dimensions);
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    if (type == null) {
      throw new IllegalArgumentException("expected a data type, got number " + proto.getDataType());
    }
    double[] values =
        proto.hasRawData() && !proto.getRawData().isEmpty()
            ? raw(type, proto.getRawData(), size)
            : typed(type, proto, size);
    for (double value : values) {
      if (!Double.isFinite(value)
          && type != TensorProto.DataType.INT64
          && !(values.length == 1 && Double.isInfinite(value))) {
        throw new IllegalArgumentException("expected finite numbers, got " + value);
      }
    }
    return new Constant(dimensions, values);
  }

  private static double[] raw(TensorProto.DataType type, ByteString data, long size) {
    int width =
        switch (type) {
          case FLOAT, INT32, UINT32 -> 4;
          case DOUBLE, INT64 -> 8;
          case FLOAT16, INT16, UINT16 -> 2;
          case INT8, UINT8, BOOL -> 1;
          default -> throw unsupported(type);
        };
    if (data.size() != size * width) {
      throw new IllegalArgumentException(
          "expected " + size * width + " bytes of " + type + ", got " + data.size());
    }
    ByteBuffer bytes = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case INT64 -> (double) bytes.getLong();
            case INT32 -> bytes.getInt();
            case UINT32 -> (double) Integer.toUnsignedLong(bytes.getInt());
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
            case INT16 -> bytes.getShort();
            case UINT16 -> Short.toUnsignedInt(bytes.getShort());
            case INT8 -> bytes.get();
            case UINT8, BOOL -> Byte.toUnsignedInt(bytes.get());
            default -> throw unsupported(type);
          };
    }
    return values;
  }

  private static double[] typed(TensorProto.DataType type, TensorProto proto, long size) {
    int count =
        switch (type) {
          case FLOAT -> proto.getFloatDataCount();
          case DOUBLE -> proto.getDoubleDataCount();
          case INT64 -> proto.getInt64DataCount();
          case INT32, INT16, UINT16, INT8, UINT8, BOOL, FLOAT16 -> proto.getInt32DataCount();
          default -> throw unsupported(type);
        };
    if (count != size) {
      throw new IllegalArgumentException(
          "expected " + size + " values of " + type + ", got " + count);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> proto.getFloatData(i);
            case DOUBLE -> proto.getDoubleData(i);
            case INT64 -> (double) proto.getInt64Data(i);
            case FLOAT16 -> Float.float16ToFloat((short) proto.getInt32Data(i));
            default -> proto.getInt32Data(i);
          };
    }
    return values;
  }

  private static IllegalArgumentException unsupported(TensorProto.DataType type) {
    return new IllegalArgumentException("expected float32, float64 or integers, got " + type);
  }
}
