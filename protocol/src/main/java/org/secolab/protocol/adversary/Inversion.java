package org.secolab.protocol.adversary;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;

/**
 * From the activations behind a model's first layer back to its input: the x in [0, 1]^n that
 * explains them best.
 *
 * <p>The layer is y = F x + b, the activation max(y, 0) >> h. A positive activation v says y = (v +
 * ½)·2^h, a zero one y ≤ 0, pixels lie in [0, 1]: a convex problem. Projected gradient descent with
 * Nesterov's momentum (Beck and Teboulle, 2009) on Σ (y − (v + ½)·2^h)² + Σ max(y, 0)².
 */
final class Inversion {
  private static final int STEPS = 400;

  private final int[][] rows; // for each pixel, the outputs it enters
  private final double[][] factors; // and with which factors
  private final double[] bias;
  private final double unit; // 2^h

  /**
   * For a first layer, in whatever operations it consists.
   *
   * @param shift h of the activation behind it
   */
  Inversion(FixedModel model, FixedLinear layer, int shift) {
    int pixels = layer.inputShape().size();
    rows = new int[pixels][];
    factors = new double[pixels][];
    long[] constant = apply(model, layer, new long[pixels]);
    bias = Arrays.stream(constant).asDoubleStream().toArray();
    double one = Math.scalb(1.0, model.fractionBits());
    for (int i = 0; i < pixels; i++) {
      long[] unitVector = new long[pixels];
      unitVector[i] = 1;
      long[] column = apply(model, layer, unitVector);
      rows[i] = IntStream.range(0, column.length).filter(k -> column[k] != constant[k]).toArray();
      factors[i] =
          Arrays.stream(rows[i]).mapToDouble(k -> (column[k] - constant[k]) * one).toArray();
    }
    unit = Math.scalb(1.0, shift);
  }

  /** The layer's output as signed numbers. */
  private static long[] apply(FixedModel model, FixedLinear layer, long[] input) {
    long[] output = FixedPointEngine.apply(layer, model.modulus(), List.of(input));
    return Arrays.stream(output).map(model.modulus()::centered).toArray();
  }

  /**
   * The input.
   *
   * @param activations as integers, channel by channel
   */
  double[] invert(double[] activations) {
    double step = 1 / largestCurvature();
    int pixels = rows.length;
    double[] x = new double[pixels];
    double[] look = new double[pixels];
    double momentum = 1;
    for (int n = 0; n < STEPS; n++) {
      double[] gradient = transposed(residual(look, activations));
      double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double[] moved = new double[pixels];
      for (int i = 0; i < pixels; i++) {
        moved[i] = Math.clamp(look[i] - step * gradient[i], 0.0, 1.0);
      }
      for (int i = 0; i < pixels; i++) {
        look[i] = moved[i] + (momentum - 1) / next * (moved[i] - x[i]);
      }
      x = moved;
      momentum = next;
    }
    return x;
  }

  private double[] residual(double[] x, double[] activations) {
    double[] residual = forward(x);
    for (int k = 0; k < residual.length; k++) {
      double y = residual[k] + bias[k];
      residual[k] = activations[k] > 0 ? y - (activations[k] + 0.5) * unit : Math.max(y, 0);
    }
    return residual;
  }

  /** F x. */
  private double[] forward(double[] x) {
    double[] y = new double[bias.length];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        y[rows[i][k]] += factors[i][k] * x[i];
      }
    }
    return y;
  }

  /** Fᵀ y. */
  private double[] transposed(double[] y) {
    double[] x = new double[rows.length];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        x[i] += factors[i][k] * y[rows[i][k]];
      }
    }
    return x;
  }

  /** The largest eigenvalue of FᵀF, by power iteration, and a little more. */
  private double largestCurvature() {
    double[] x = new double[rows.length];
    Arrays.fill(x, 1 / Math.sqrt(x.length));
    double norm = 0;
    for (int n = 0; n < 30; n++) {
      x = transposed(forward(x));
      norm = 0;
      for (double value : x) {
        norm += value * value;
      }
      norm = Math.sqrt(norm);
      for (int i = 0; i < x.length; i++) {
        x[i] /= norm;
      }
    }
    return 1.05 * norm;
  }
}
