package org.secolab.protocol.deploy;

import java.util.List;
import org.secolab.modelio.fixed.FixedFormat;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.Shape;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What the user may know: the shapes of layers 1..c, the size of the output, how numbers are
 * written, and which encryption parameters are used; nothing of what lies behind the cut but which
 * tensors it reads.
 *
 * @param header whose part
 * @param format how inputs and outputs are written
 * @param layers layers 1..c; all their numbers are zero
 * @param outputSize values in the output
 * @param crossing the tensors that layers behind the cut read, by the numbers of the layers that
 *     make them, 0 for the input; none if nothing lies behind the cut
 */
public record UserPart(
    PartHeader header,
    FixedFormat format,
    List<FixedLayer> layers,
    int outputSize,
    List<Integer> crossing)
    implements Part {
  /**
   * @throws IllegalArgumentException if this is not a user's part or does not fit together
   */
  public UserPart {
    layers = List.copyOf(layers);
    crossing = List.copyOf(crossing);
    if (!header.party().equals(SplitPlan.USER)) {
      throw new IllegalArgumentException("expected the user's part, got " + header.party());
    }
    if (layers.size() != header.split().cut()) {
      throw new IllegalArgumentException(
          "expected " + header.split().cut() + " layers, got " + layers.size());
    }
    int before = -1;
    for (int number : crossing) {
      if (number <= before || number > layers.size() || number % 2 != 0) {
        throw new IllegalArgumentException(
            "expected ascending even numbers up to " + layers.size() + ", got " + crossing);
      }
      before = number;
    }
    Shape shape = format.inputShape();
    if (!layers.isEmpty()) {
      // Its constructor checks that the layers fit each other.
      shape =
          new FixedModel(
                  "layers before the cut",
                  format.modulus(),
                  format.fractionBits(),
                  format.inputShape(),
                  format.inputRange(),
                  layers,
                  format.outputScaleBits())
              .outputShape();
    }
    if (outputSize < 1
        || outputSize > Shape.MAXIMUM_SIZE
        || (format.revealsLabel() && outputSize != 1)
        || (crossing.isEmpty() && outputSize != shape.size())) {
      throw new IllegalArgumentException("expected the output of " + shape + ", got " + outputSize);
    }
  }

  /** Whether anything lies behind the cut. */
  public boolean hasRemoteLayers() {
    return !crossing.isEmpty();
  }

  /** What crosses the cut. */
  public CrossingTensors crossingTensors() {
    return new CrossingTensors(
        crossing, crossing.stream().map(number -> shape(number).size()).toList());
  }

  /** Values in the tensors that cross the cut. */
  public int cutSize() {
    return crossingTensors().size();
  }

  private Shape shape(int number) {
    return number == 0 ? format.inputShape() : layers.get(number - 1).outputShape();
  }
}
