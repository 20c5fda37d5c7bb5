package org.secolab.modelio.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of one node, with their defaults given where they are read. */
final class Attributes {
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  Attributes(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes.put(attribute.getName(), attribute);
    }
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  int integer(String name, int defaultValue) {
    AttributeProto attribute = typed(name, AttributeProto.AttributeType.INT);
    return attribute == null ? defaultValue : narrow(name, attribute.getI());
  }

  double real(String name, double defaultValue) {
    AttributeProto attribute = typed(name, AttributeProto.AttributeType.FLOAT);
    return attribute == null ? defaultValue : finite(name, attribute.getF());
  }

  String string(String name, String defaultValue) {
    AttributeProto attribute = typed(name, AttributeProto.AttributeType.STRING);
    return attribute == null ? defaultValue : attribute.getS().toStringUtf8();
  }

  /** A list of integers; {@code null} if there is none. */
  int @Nullable [] integers(String name) {
    AttributeProto attribute = typed(name, AttributeProto.AttributeType.INTS);
    if (attribute == null) {
      return null;
    }
    if (attribute.getIntsCount() > 64) {
      throw new IllegalArgumentException("attribute " + name + ": expected a short list");
    }
    int[] values = new int[attribute.getIntsCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = narrow(name, attribute.getInts(i));
    }
    return values;
  }

  /** A list of the given length, filled with {@code fill} if there is none. */
  int[] integers(String name, int length, int fill) {
    int[] values = integers(name);
    if (values == null) {
      values = new int[length];
      Arrays.fill(values, fill);
    }
    if (values.length != length) {
      throw new IllegalArgumentException(
          "attribute " + name + ": expected " + length + " integers, got " + values.length);
    }
    return values;
  }

  /** The tensor of a Constant node in any of its attribute forms. */
  Constant constant() {
    for (AttributeProto attribute : attributes.values()) {
      switch (attribute.getName()) {
        case "value" -> {
          return Constant.decode(attribute.getT());
        }
        case "value_float" -> {
          return Constant.scalar(finite("value_float", attribute.getF()));
        }
        case "value_int" -> {
          return Constant.scalar((double) attribute.getI());
        }
        case "value_floats" -> {
          return Constant.vector(
              attribute.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
        }
        case "value_ints" -> {
          return Constant.vector(
              attribute.getIntsList().stream().mapToDouble(Long::doubleValue).toArray());
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException("expected a numeric value");
  }

  private @Nullable AttributeProto typed(String name, AttributeProto.AttributeType type) {
    AttributeProto attribute = attributes.get(name);
    if (attribute != null && attribute.getType() != type) {
      throw new IllegalArgumentException(
          "attribute " + name + ": expected " + type + ", got " + attribute.getType());
    }
    return attribute;
  }

  private static int narrow(String name, long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "attribute " + name + ": expected a moderate integer, got " + value);
    }
    return (int) value;
  }

  private static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "attribute " + name + ": expected a finite number, got " + value);
    }
    return value;
  }
}
