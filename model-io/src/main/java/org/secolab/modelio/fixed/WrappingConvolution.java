package org.secolab.modelio.fixed;

import java.util.Arrays;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * Convolutions in wrapping machine arithmetic, as products of the weight matrix with the image
 * unrolled into columns: row k holds, for every output position, the pixel that weight k meets
 * there. All inner loops run over positions with one index for all arrays, which C2 turns into
 * vector instructions (for ints on every x86-64 with AVX2; for longs where there is a 64-bit
 * multiplication).
 *
 * <p>Positions are taken in blocks, so that the unrolled image needs at most {@link #BLOCK} numbers
 * per weight of a filter.
 */
final class WrappingConvolution {
  private static final int BLOCK = 512;

  private final FixedConvolution layer;
  private final Shape in;
  private final Shape out;
  private final Window window;

  private WrappingConvolution(FixedConvolution layer) {
    this.layer = layer;
    this.in = layer.inputShape();
    this.out = layer.outputShape();
    this.window = layer.window();
  }

  /** The result modulo 2^32, in the low bits of each number. */
  static long[] apply32(FixedConvolution layer, long[] input) {
    int[] image = new int[input.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (int) input[i];
    }
    return new WrappingConvolution(layer).run32(image);
  }

  /** The result modulo 2^64. */
  static long[] apply64(FixedConvolution layer, long[] input) {
    return new WrappingConvolution(layer).run64(input);
  }

  private long[] run32(int[] image) {
    int taps = layer.groupChannels() * window.kernelSize();
    int positions = out.height() * out.width();
    int outPerGroup = layer.outputChannels() / layer.groups();
    long[] output = new long[out.size()];
    int[][] columns = new int[taps][Math.min(BLOCK, positions)];
    int[] sums = new int[Math.min(BLOCK, positions)];
    for (int group = 0; group < layer.groups(); group++) {
      for (int start = 0; start < positions; start += BLOCK) {
        int count = Math.min(BLOCK, positions - start);
        for (int k = 0; k < taps; k++) {
          int[] column = columns[k];
          int base = base(group, k);
          for (int p = 0; p < count; p++) {
            int index = index(base, k, start + p);
            column[p] = index < 0 ? 0 : image[index];
          }
        }
        for (int m = group * outPerGroup; m < (group + 1) * outPerGroup; m++) {
          Arrays.fill(sums, 0, count, (int) layer.bias()[m]);
          multiply32(m * taps, columns, sums, count);
          for (int p = 0; p < count; p++) {
            output[m * positions + start + p] = sums[p];
          }
        }
      }
    }
    return output;
  }

  /** sums[p] += Σ_k weights[first + k]·columns[k][p], four k at a time. */
  private void multiply32(int first, int[][] columns, int[] sums, int count) {
    long[] weights = layer.weights();
    int k = 0;
    for (; k + 4 <= columns.length; k += 4) {
      int w0 = (int) weights[first + k];
      int w1 = (int) weights[first + k + 1];
      int w2 = (int) weights[first + k + 2];
      int w3 = (int) weights[first + k + 3];
      int[] c0 = columns[k];
      int[] c1 = columns[k + 1];
      int[] c2 = columns[k + 2];
      int[] c3 = columns[k + 3];
      for (int p = 0; p < count; p++) {
        sums[p] += w0 * c0[p] + w1 * c1[p] + w2 * c2[p] + w3 * c3[p];
      }
    }
    for (; k < columns.length; k++) {
      int w = (int) weights[first + k];
      int[] c = columns[k];
      for (int p = 0; p < count; p++) {
        sums[p] += w * c[p];
      }
    }
  }

  private long[] run64(long[] image) {
    int taps = layer.groupChannels() * window.kernelSize();
    int positions = out.height() * out.width();
    int outPerGroup = layer.outputChannels() / layer.groups();
    long[] output = new long[out.size()];
    long[][] columns = new long[taps][Math.min(BLOCK, positions)];
    long[] sums = new long[Math.min(BLOCK, positions)];
    for (int group = 0; group < layer.groups(); group++) {
      for (int start = 0; start < positions; start += BLOCK) {
        int count = Math.min(BLOCK, positions - start);
        for (int k = 0; k < taps; k++) {
          long[] column = columns[k];
          int base = base(group, k);
          for (int p = 0; p < count; p++) {
            int index = index(base, k, start + p);
            column[p] = index < 0 ? 0 : image[index];
          }
        }
        for (int m = group * outPerGroup; m < (group + 1) * outPerGroup; m++) {
          Arrays.fill(sums, 0, count, layer.bias()[m]);
          multiply64(m * taps, columns, sums, count);
          System.arraycopy(sums, 0, output, m * positions + start, count);
        }
      }
    }
    return output;
  }

  /** As {@link #multiply32}. */
  private void multiply64(int first, long[][] columns, long[] sums, int count) {
    long[] weights = layer.weights();
    int k = 0;
    for (; k + 4 <= columns.length; k += 4) {
      long w0 = weights[first + k];
      long w1 = weights[first + k + 1];
      long w2 = weights[first + k + 2];
      long w3 = weights[first + k + 3];
      long[] c0 = columns[k];
      long[] c1 = columns[k + 1];
      long[] c2 = columns[k + 2];
      long[] c3 = columns[k + 3];
      for (int p = 0; p < count; p++) {
        sums[p] += w0 * c0[p] + w1 * c1[p] + w2 * c2[p] + w3 * c3[p];
      }
    }
    for (; k < columns.length; k++) {
      long w = weights[first + k];
      long[] c = columns[k];
      for (int p = 0; p < count; p++) {
        sums[p] += w * c[p];
      }
    }
  }

  /** The first pixel of the channel that weight k of a group's filters meets. */
  private int base(int group, int k) {
    int channel = group * layer.groupChannels() + k / window.kernelSize();
    return channel * in.height() * in.width();
  }

  /** The pixel that weight k meets at an output position; −1 on padding. */
  private int index(int base, int k, int position) {
    int tap = k % window.kernelSize();
    int y =
        position / out.width() * window.strideHeight()
            - window.padTop()
            + tap / window.kernelWidth() * window.dilationHeight();
    int x =
        position % out.width() * window.strideWidth()
            - window.padLeft()
            + tap % window.kernelWidth() * window.dilationWidth();
    boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
    return inside ? base + y * in.width() + x : -1;
  }
}
