package org.secolab.lattice.packing;

import org.secolab.lattice.arith.PlaintextModulus;

/** Convolution by its definition, value by value. */
public final class DirectConvolution {
  private DirectConvolution() {}

  /** The output tensor of {@code s} on input {@code x}, modulo t. */
  public static long[] apply(ConvolutionShape s, PlaintextModulus t, long[] x, long[] weights) {
    long[] y = new long[s.outputSize()];
    int at = 0;
    for (int m = 0; m < s.outChannels(); m++) {
      for (int row = 0; row < s.outHeight(); row++) {
        for (int column = 0; column < s.outWidth(); column++, at++) {
          for (int c = 0; c < s.channels(); c++) {
            for (int i = 0; i < s.kernelHeight(); i++) {
              for (int j = 0; j < s.kernelWidth(); j++) {
                int h = row * s.strideHeight() - s.padTop() + i * s.dilationHeight();
                int w = column * s.strideWidth() - s.padLeft() + j * s.dilationWidth();
                if (h >= 0 && h < s.height() && w >= 0 && w < s.width()) {
                  long weight =
                      weights[
                          ((m * s.channels() + c) * s.kernelHeight() + i) * s.kernelWidth() + j];
                  y[at] = t.add(y[at], t.multiply(weight, x[(c * s.height() + h) * s.width() + w]));
                }
              }
            }
          }
        }
      }
    }
    return y;
  }
}
