package org.secolab.modelio.onnx;

import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * The window of a convolution or pool from its ONNX attributes: strides, dilations, pads or
 * auto_pad, ceil_mode.
 *
 * @param window with everything resolved
 * @param overhangs whether {@code ceil_mode} added windows that reach over the end
 */
record Windows(Window window, boolean overhangs) {

  /**
   * @param kernel one extent (1-D, along the width) or two
   */
  static Windows of(Attributes attributes, Shape in, int[] kernel, boolean ceilMode) {
    int n = kernel.length;
    int[] strides = attributes.integers("strides", n, 1);
    int[] dilations = attributes.integers("dilations", n, 1);
    int[] pads = attributes.integers("pads", 2 * n, 0).clone();
    String auto = attributes.string("auto_pad", "NOTSET");
    int[] extents = n == 1 ? new int[] {in.width()} : new int[] {in.height(), in.width()};
    boolean overhangs = false;
    for (int i = 0; i < n; i++) {
      if (kernel[i] < 1 || strides[i] < 1 || dilations[i] < 1 || pads[i] < 0 || pads[n + i] < 0) {
        throw new IllegalArgumentException(
            "expected positive kernel, strides and dilations and non-negative pads");
      }
      long covered = (long) (kernel[i] - 1) * dilations[i] + 1;
      switch (auto) {
        case "NOTSET" -> {}
        case "VALID" -> {
          pads[i] = 0;
          pads[n + i] = 0;
        }
        case "SAME_UPPER", "SAME_LOWER" -> {
          long outputs = Math.ceilDiv(extents[i], strides[i]);
          int total =
              Math.toIntExact(Math.max(0, (outputs - 1) * strides[i] + covered - extents[i]));
          int smaller = total / 2;
          pads[i] = auto.equals("SAME_UPPER") ? smaller : total - smaller;
          pads[n + i] = total - pads[i];
        }
        default -> throw new IllegalArgumentException("expected a known auto_pad, got " + auto);
      }
      if (ceilMode) {
        long rest = (long) extents[i] + pads[i] + pads[n + i] - covered;
        long outputs = Math.ceilDiv(Math.max(rest, 0), strides[i]) + 1;
        // A window that would start behind the image and its front padding is dropped.
        if ((outputs - 1) * strides[i] >= (long) extents[i] + pads[i]) {
          outputs--;
        }
        long missing = (outputs - 1) * strides[i] - rest;
        if (missing > 0) {
          pads[n + i] = Math.toIntExact(pads[n + i] + missing);
          overhangs = true;
        }
      }
    }
    Window window =
        n == 1
            ? new Window(1, kernel[0], 1, strides[0], 0, pads[0], 0, pads[1], 1, dilations[0])
            : new Window(
                kernel[0],
                kernel[1],
                strides[0],
                strides[1],
                pads[0],
                pads[1],
                pads[2],
                pads[3],
                dilations[0],
                dilations[1]);
    return new Windows(window, overhangs);
  }
}
