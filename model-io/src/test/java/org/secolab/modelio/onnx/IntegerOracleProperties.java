package org.secolab.modelio.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.secolab.modelio.Choices;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;
import org.secolab.modelio.reference.FixedPointInterpreter;

/**
 * The interpreter's convolution against exact 64-bit integers of ONNX Runtime: a MatMul of the
 * weights with the image unrolled into columns, here without any code of the module.
 */
class IntegerOracleProperties {

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void convolution_equalsIntegerMatMulOfColumns(@ForAll long seed) throws Exception {
    Choices choices = new Choices(seed);
    int channels = choices.between(1, 3);
    int height = choices.between(3, 7);
    int width = choices.between(3, 7);
    int outputs = choices.between(1, 4);
    int kh = choices.between(1, 3);
    int kw = choices.between(1, 3);
    int stride = choices.between(1, 3);
    int pad = choices.between(0, 2);
    int bits = choices.of(28, 32, 40, 48);
    Modulus modulus = Modulus.powerOfTwo(bits);
    Window window = Window.of(kh, kw, stride, stride).withPadding(pad, pad, pad, pad);
    // Small signed weights times residues of 2^bits: below 2^62 for 27 terms.
    long[] weights = values(choices, outputs * channels * kh * kw, -512, 512);
    long[] bias = values(choices, outputs, -1_000_000, 1_000_000);
    long[] image = new long[channels * height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = choices.bits() & (modulus.value() - 1);
    }
    FixedConvolution layer =
        new FixedConvolution(new Shape(channels, height, width), window, 1, weights, bias);

    int outHeight = (height + 2 * pad - kh) / stride + 1;
    int outWidth = (width + 2 * pad - kw) / stride + 1;
    long[] columns = columns(image, channels, height, width, kh, kw, stride, pad);
    int rows = channels * kh * kw;
    OnnxGraph graph = new OnnxGraph(13);
    String matrix = graph.integers(weights, new long[] {outputs, rows});
    String product = graph.node("MatMul", Map.of(), matrix, "x");
    String sum =
        graph.node("Add", Map.of(), product, graph.integers(bias, new long[] {outputs, 1}));
    long[] exact =
        OnnxRuntime.run(
            OnnxGraph.integerFile(graph, sum, rows, outHeight * outWidth),
            columns,
            rows,
            outHeight * outWidth);
    for (int i = 0; i < exact.length; i++) {
      exact[i] = Math.floorMod(exact[i], 1L << bits);
    }
    assertArrayEquals(exact, FixedPointInterpreter.apply(layer, modulus, image));
  }

  private static long[] values(Choices choices, int count, int low, int high) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = choices.between(low, high);
    }
    return values;
  }

  /** Row (channel, ky, kx), column (oy, ox): the pixel that weight meets there, 0 on padding. */
  private static long[] columns(
      long[] image, int channels, int height, int width, int kh, int kw, int stride, int pad) {
    int outHeight = (height + 2 * pad - kh) / stride + 1;
    int outWidth = (width + 2 * pad - kw) / stride + 1;
    long[] columns = new long[channels * kh * kw * outHeight * outWidth];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          for (int oy = 0; oy < outHeight; oy++) {
            for (int ox = 0; ox < outWidth; ox++, at++) {
              int y = stride * oy + ky - pad;
              int x = stride * ox + kx - pad;
              boolean inside = y >= 0 && y < height && x >= 0 && x < width;
              columns[at] = inside ? image[(c * height + y) * width + x] : 0;
            }
          }
        }
      }
    }
    return columns;
  }
}
