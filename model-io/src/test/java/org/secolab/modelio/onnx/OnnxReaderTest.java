package org.secolab.modelio.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;

class OnnxReaderTest {

  @Test
  void bundledModels_haveTheExpectedLayers() throws Exception {
    Model mlp = BundledModels.open("mnist-mlp");
    assertEquals(3, count(mlp, Convolution.class));
    assertEquals(2, count(mlp, Layer.Relu.class));
    Model minionn = BundledModels.open("mnist-minionn");
    assertEquals(4, count(minionn, Convolution.class));
    assertEquals(2, count(minionn, Layer.AveragePool.class));
    assertEquals(3, count(minionn, Layer.Relu.class));
    assertEquals(2, count(BundledModels.open("mnist-minionn-maxpool"), Layer.MaxPool.class));
    for (String name : BundledModels.names()) {
      assertEquals(new Shape(1, 28, 28), BundledModels.open(name).inputShape());
      assertEquals(Shape.vector(10), BundledModels.open(name).outputShape());
    }
    long parameters =
        BundledModels.open("mnist-lenet").nodes().stream()
            .map(Model.Node::layer)
            .filter(Convolution.class::isInstance)
            .map(Convolution.class::cast)
            .mapToLong(c -> c.weights().length + c.bias().length)
            .sum();
    assertEquals(431_080, parameters);
  }

  private static long count(Model model, Class<? extends Layer> type) {
    return model.nodes().stream().filter(node -> type.isInstance(node.layer())).count();
  }

  @Test
  void unsupportedOperator_namesFileNodeOperatorAndNearestForm() throws Exception {
    assertRefused(changed(node -> node.setOpType("Sigmoid").clearAttribute()), "Sigmoid");
    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () ->
                OnnxReader.read(
                    "mine.onnx",
                    changed(
                        node ->
                            node.getOpType().equals("Relu")
                                ? node.setOpType("Tanh").setName("squash")
                                : node)));
    assertTrue(e.getMessage().startsWith("mine.onnx: node squash (Tanh): "), e.getMessage());
    assertTrue(e.getMessage().contains("Clip"), e.getMessage());
  }

  @Test
  void foreignDomain_isRefused() throws Exception {
    assertRefused(changed(node -> node.setDomain("com.microsoft")), "com.microsoft");
  }

  @Test
  void damagedWeights_areRefused() throws Exception {
    ModelProto proto = mlp();
    TensorProto first = proto.getGraph().getInitializer(0);
    assertRefused(
        withFirstInitialiser(proto, first.toBuilder().setDims(0, 12345)), first.getName());
    assertRefused(
        withFirstInitialiser(proto, first.toBuilder().setDims(0, Long.MAX_VALUE)), first.getName());
    byte[] data = first.getRawData().toByteArray();
    // The bytes of NaN, little-endian.
    data[2] = (byte) 0xc0;
    data[3] = 0x7f;
    assertRefused(
        withFirstInitialiser(proto, first.toBuilder().setRawData(ByteString.copyFrom(data))),
        "NaN");
  }

  @Test
  void filesThatAreNoModels_areRefused() throws Exception {
    assertRefused(new byte[0], "no graph");
    assertRefused(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "not an ONNX model");
    byte[] whole = mlp().toByteArray();
    assertRefused(java.util.Arrays.copyOf(whole, whole.length / 2), "not an ONNX model");
    assertThrows(ModelFormatException.class, () -> OnnxReader.read(Path.of("no-such-file.onnx")));
  }

  @Test
  void unknownOpset_isRefused() throws Exception {
    ModelProto.Builder proto = mlp().toBuilder();
    proto.getOpsetImportBuilder(0).setVersion(99);
    assertRefused(proto.build().toByteArray(), "opset");
  }

  @Test
  void poolsRuntimesDisagreeAbout_areRefused() {
    OnnxGraph strided = new OnnxGraph(13);
    Map<String, Object> same =
        Map.of("kernel_shape", new int[] {1}, "strides", new int[] {3}, "auto_pad", "SAME_UPPER");
    assertRefused(
        strided.file(strided.node("MaxPool", same, strided.input(1, 2, 6))), "explicit padding");
    OnnxGraph ceiled = new OnnxGraph(13);
    Map<String, Object> counted =
        Map.of(
            "kernel_shape",
            new int[] {2},
            "strides",
            new int[] {2},
            "ceil_mode",
            1,
            "count_include_pad",
            1);
    assertRefused(
        ceiled.file(ceiled.node("AveragePool", counted, ceiled.input(1, 2, 5))), "ceil_mode");
  }

  private static ModelProto mlp() throws Exception {
    try (InputStream in = BundledModels.class.getResourceAsStream("mnist-mlp.onnx")) {
      return ModelProto.parseFrom(in);
    }
  }

  private interface Change {
    NodeProto.Builder apply(NodeProto.Builder node);
  }

  private static byte[] changed(Change change) throws Exception {
    ModelProto proto = mlp();
    GraphProto.Builder graph = proto.getGraph().toBuilder();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      graph.setNode(i, change.apply(graph.getNode(i).toBuilder()));
    }
    return proto.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static byte[] withFirstInitialiser(ModelProto proto, TensorProto.Builder tensor) {
    GraphProto.Builder graph = proto.getGraph().toBuilder().setInitializer(0, tensor);
    return proto.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static void assertRefused(byte[] bytes, String part) {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> OnnxReader.read("mine.onnx", bytes));
    assertTrue(e.getMessage().startsWith("mine.onnx: "), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
