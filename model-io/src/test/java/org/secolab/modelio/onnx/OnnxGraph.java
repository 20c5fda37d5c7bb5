package org.secolab.modelio.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/** Writes small ONNX files for tests. Values are named by the methods that make them. */
public final class OnnxGraph {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final int opset;
  private int names;

  public OnnxGraph(int opset) {
    this.opset = opset;
  }

  public int opset() {
    return opset;
  }

  /** The model's input; an extent of 0 is left open. */
  public String input(long... dimensions) {
    graph.addInput(value("x", TensorProto.DataType.FLOAT, dimensions));
    return "x";
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... dimensions) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    for (long dimension : dimensions) {
      if (dimension == 0) {
        tensor.getShapeBuilder().addDimBuilder().setDimParam("N");
      } else {
        tensor.getShapeBuilder().addDimBuilder().setDimValue(dimension);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** A float32 initialiser. */
  public String floats(float[] values, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return initialiser(tensor, dimensions);
  }

  /** A float64 initialiser in raw form. */
  public String doubles(float[] values, long... dimensions) {
    java.nio.ByteBuffer raw =
        java.nio.ByteBuffer.allocate(8 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putDouble(value);
    }
    return initialiser(
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.DOUBLE.getNumber())
            .setRawData(ByteString.copyFrom(raw.array())),
        dimensions);
  }

  /** An int64 initialiser. */
  public String integers(long... values) {
    return integers(values, new long[] {values.length});
  }

  public String integers(long[] values, long[] dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64.getNumber());
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return initialiser(tensor, dimensions);
  }

  private String initialiser(TensorProto.Builder tensor, long... dimensions) {
    String name = "c" + names++;
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  /** A Constant node. */
  public String constant(float[] values, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    String name = "k" + names++;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Constant")
            .setName(name)
            .addOutput(name)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .setT(tensor)));
    return name;
  }

  /**
   * A node with one output.
   *
   * @param attributes of type Integer, Float, String or {@code int[]}
   * @param inputs "" leaves one out
   */
  public String node(String operator, Map<String, ?> attributes, String... inputs) {
    String name = operator.toLowerCase(java.util.Locale.ROOT) + names++;
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(List.of(inputs))
            .addOutput(name);
    attributes.forEach((key, value) -> node.addAttribute(attribute(key, value)));
    graph.addNode(node);
    return name;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (value) {
      case Integer i -> attribute.setType(AttributeProto.AttributeType.INT).setI(i);
      case Float f -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(f);
      case String s ->
          attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(s));
      case int[] list -> {
        attribute.setType(AttributeProto.AttributeType.INTS);
        for (int i : list) {
          attribute.addInts(i);
        }
      }
      default -> throw new IllegalArgumentException("expected an attribute, got " + value);
    }
    return attribute.build();
  }

  /** The file with this value as output. */
  public byte[] file(String output) {
    return file(output, TensorProto.DataType.FLOAT);
  }

  private byte[] file(String output, TensorProto.DataType type) {
    graph.clearOutput();
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(output)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber()))));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .build()
        .toByteArray();
  }

  /** A file whose input is int64. */
  static byte[] integerFile(OnnxGraph graph, String output, long... inputDimensions) {
    graph.graph.clearInput();
    graph.graph.addInput(value("x", TensorProto.DataType.INT64, inputDimensions));
    return graph.file(output, TensorProto.DataType.INT64);
  }
}
