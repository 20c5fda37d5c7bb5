package org.secolab.modelio.fixed;

import java.util.Optional;
import java.util.OptionalLong;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * An activation layer on the signed representatives y of the linear layer before it, in this order:
 * maximum over each window (if any), max(·, 0) (if {@code relu}), arithmetic shift right by {@code
 * shift}, minimum with {@code clipMaximum} (if any), reduction modulo t.
 *
 * <p>With {@code relu} false and neither clip nor window it is a pure truncation ⌊y / 2^shift⌋.
 *
 * @param shift h, in 0..61
 * @param clipMaximum at the scale of the output
 * @param window a maximum pool; its padding never wins
 */
public record FixedActivation(
    String name,
    Shape inputShape,
    boolean relu,
    int shift,
    OptionalLong clipMaximum,
    Optional<Window> window)
    implements FixedLayer {

  /**
   * @throws IllegalArgumentException if the shift is not in 0..61, or a window lies on padding only
   */
  public FixedActivation {
    if (shift < 0 || shift > 61) {
      throw new IllegalArgumentException("expected a shift in 0..61, got " + shift);
    }
    if (window.isPresent()) {
      Window w = window.get();
      if (Math.max(w.padTop(), w.padBottom()) >= (w.kernelHeight() - 1) * w.dilationHeight() + 1
          || Math.max(w.padLeft(), w.padRight()) >= (w.kernelWidth() - 1) * w.dilationWidth() + 1) {
        throw new IllegalArgumentException(
            "layer " + name + ": expected padding smaller than the window, got " + w);
      }
    }
  }

  /** max(y, 0) ≫ shift. */
  public static FixedActivation relu(String name, Shape shape, int shift) {
    return new FixedActivation(name, shape, true, shift, OptionalLong.empty(), Optional.empty());
  }

  @Override
  public Shape outputShape() {
    return window.map(w -> w.outputShape(inputShape, inputShape.channels())).orElse(inputShape);
  }
}
