package org.secolab.modelio.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import org.secolab.modelio.Choices;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;

/** Damaged and hostile files: an orderly refusal in one line, or a model; and little memory. */
@PropertyDefaults(tries = 1500, edgeCases = EdgeCasesMode.NONE)
class MutatedFilesProperties {
  private static final List<String> OPERATORS =
      List.of(
          "Conv",
          "Gemm",
          "MatMul",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Sum",
          "Neg",
          "Relu",
          "LeakyRelu",
          "Clip",
          "BatchNormalization",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "ReduceMean",
          "Pad",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Concat",
          "Identity",
          "Dropout",
          "Softmax",
          "ArgMax",
          "Shape",
          "Gather",
          "Slice",
          "ConstantOfShape",
          "Cast",
          "Sqrt",
          "Constant",
          "LSTM");
  private static final Long[] INTEGERS = {
    0L, 1L, -1L, 2L, 3L, 7L, 255L, 65536L, 1L << 20, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE
  };

  @Property
  void damagedBytes(@ForAll long seed) {
    Choices choices = new Choices(seed);
    byte[] file = RandomNetworks.file(seed);
    for (int i = choices.between(1, 8); i > 0; i--) {
      file[choices.between(0, file.length - 1)] = (byte) choices.bits();
    }
    boolean isCut = choices.between(0, 3) == 0;
    assertOrderly(isCut ? java.util.Arrays.copyOf(file, choices.between(0, file.length)) : file);
  }

  @Property
  void damagedStructure(@ForAll long seed) throws InvalidProtocolBufferException {
    Choices choices = new Choices(seed);
    ModelProto.Builder model = ModelProto.parseFrom(RandomNetworks.file(seed)).toBuilder();
    for (int i = choices.between(1, 3); i > 0; i--) {
      mutate(model.getGraphBuilder(), choices);
    }
    model.getOpsetImportBuilder(0).setVersion(choices.between(7, 21));
    assertOrderly(model.build().toByteArray());
  }

  private static void mutate(GraphProto.Builder graph, Choices choices) {
    NodeProto.Builder node = graph.getNodeBuilder(choices.between(0, graph.getNodeCount() - 1));
    switch (choices.between(0, 6)) {
      case 0 -> node.setOpType(choices.of(OPERATORS));
      case 1 -> {
        if (node.getInputCount() > 0) {
          NodeProto other = graph.getNode(choices.between(0, graph.getNodeCount() - 1));
          String name = choices.of(other.getOutput(0), "x", "", graph.getInitializer(0).getName());
          node.setInput(choices.between(0, node.getInputCount() - 1), name);
        }
      }
      case 2 -> {
        String name =
            choices.of(
                "kernel_shape",
                "strides",
                "pads",
                "dilations",
                "group",
                "axis",
                "axes",
                "perm",
                "ceil_mode",
                "auto_pad",
                "alpha",
                "transB",
                "epsilon",
                "keepdims");
        AttributeProto.Builder attribute = node.addAttributeBuilder().setName(name);
        switch (choices.between(0, 2)) {
          case 0 -> attribute.setType(AttributeProto.AttributeType.INT).setI(choices.of(INTEGERS));
          case 1 -> {
            attribute.setType(AttributeProto.AttributeType.INTS);
            for (int i = choices.between(0, 5); i > 0; i--) {
              attribute.addInts(choices.of(INTEGERS));
            }
          }
          default -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(Float.NaN);
        }
      }
      case 3 -> {
        for (int i = 0; i < node.getAttributeCount(); i++) {
          AttributeProto.Builder attribute = node.getAttributeBuilder(i);
          if (attribute.getIntsCount() > 0) {
            attribute.setInts(
                choices.between(0, attribute.getIntsCount() - 1), choices.of(INTEGERS));
          }
        }
      }
      case 4 -> {
        TensorProto.Builder tensor =
            graph.getInitializerBuilder(choices.between(0, graph.getInitializerCount() - 1));
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(choices.between(0, tensor.getDimsCount() - 1), choices.of(INTEGERS));
        }
      }
      case 5 -> {
        TensorProto.Builder tensor =
            graph.getInitializerBuilder(choices.between(0, graph.getInitializerCount() - 1));
        if (choices.coin()) {
          tensor.clearDims();
        } else {
          tensor.setDataType(choices.between(0, 20));
        }
      }
      default -> {
        if (node.getInputCount() > 0) {
          List<String> fewer = node.getInputList().subList(0, node.getInputCount() - 1);
          List<String> copy = List.copyOf(fewer);
          node.clearInput().addAllInput(copy);
        }
      }
    }
  }

  private static void assertOrderly(byte[] file) {
    try {
      Model model = OnnxReader.read("damaged.onnx", file);
      Quantiser.quantise(
          model, 8, InputRange.UNIT, new RangePolicy.Explicit(Modulus.powerOfTwo(48)));
    } catch (ModelFormatException e) {
      assertTrue(e.getMessage().startsWith("damaged.onnx: "), e.getMessage());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
  }

  @Property(tries = 1)
  void smallFilesOfHugeModels_areRefused() {
    OnnxGraph constants = new OnnxGraph(13);
    String shape = constants.integers(1 << 12, 1 << 12);
    String x = constants.input(1, 1 << 12);
    for (int i = 0; i < 50; i++) {
      constants.node("ConstantOfShape", Map.of(), shape);
    }
    assertRefused(constants.file(constants.node("Relu", Map.of(), x)), "moderate size");

    OnnxGraph doubling = new OnnxGraph(13);
    String sizes = doubling.integers(2, 2);
    for (int i = 0; i < 40; i++) {
      sizes = doubling.node("Concat", Map.of("axis", 0), sizes, sizes);
    }
    String y = doubling.input(1, 4);
    assertRefused(doubling.file(doubling.node("Reshape", Map.of(), y, sizes)), "at most");

    OnnxGraph layers = new OnnxGraph(13);
    String z = layers.input(1, 1 << 10, 1 << 6, 1 << 6);
    for (int i = 0; i < 100; i++) {
      z = layers.node("Relu", Map.of(), z);
    }
    assertRefused(layers.file(z), "moderate size");

    OnnxGraph pool = new OnnxGraph(13);
    int[] kernel = {1 << 15, 1 << 15};
    int pad = (1 << 15) - 1;
    Map<String, Object> attributes =
        Map.of("kernel_shape", kernel, "strides", kernel, "pads", new int[] {pad, pad, pad, pad});
    assertRefused(
        pool.file(pool.node("AveragePool", attributes, pool.input(1, 1, 4, 4))), "moderate size");
  }

  private static void assertRefused(byte[] file, String part) {
    assertTrue(file.length < 20_000);
    Runtime runtime = Runtime.getRuntime();
    long before = runtime.totalMemory() - runtime.freeMemory();
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> OnnxReader.read("huge.onnx", file));
    long used = runtime.totalMemory() - runtime.freeMemory() - before;
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(used < 1 << 30, used + " bytes");
  }
}
