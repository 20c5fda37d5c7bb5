package org.secolab.modelio.fixed;

import java.util.List;

/** How the ring is chosen, so that no accumulator wraps. */
public sealed interface RangePolicy {

  /** Ring sizes to choose from, in bits; the choice is public and depends on secret weights. */
  List<Integer> MENU = List.of(28, 32, 40, 48);

  /** The smallest ring of the menu for which interval bounds show that nothing can wrap. */
  record Proven() implements RangePolicy {}

  /**
   * The smallest ring of the menu that holds the largest accumulator observed on {@code inputs},
   * times 2^marginBits. Nothing is proven about other inputs.
   */
  record Calibrated(List<float[]> inputs, double marginBits) implements RangePolicy {
    /**
     * @throws IllegalArgumentException if there is no input, or the margin is not in 0..32
     */
    public Calibrated {
      inputs = List.copyOf(inputs);
      if (inputs.isEmpty() || !(marginBits >= 0 && marginBits <= 32)) {
        throw new IllegalArgumentException(
            "expected at least one input and a margin of 0 to 32 bits, got "
                + inputs.size()
                + " and "
                + marginBits);
      }
    }
  }

  /** This ring, whatever the bounds say. */
  record Explicit(Modulus modulus) implements RangePolicy {
    public Explicit(int bits) {
      this(Modulus.powerOfTwo(bits));
    }
  }

  /**
   * A modulus that somebody else insists on, such as a protocol.
   *
   * @param modulus the one
   * @param judge says whether it is large enough
   */
  record Given(Modulus modulus, RangePolicy judge) implements RangePolicy {}
}
