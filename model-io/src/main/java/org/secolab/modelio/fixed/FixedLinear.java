package org.secolab.modelio.fixed;

import java.util.List;
import org.secolab.modelio.graph.Shape;

/**
 * A linear layer: the sum of its branches. A sequential network has exactly one branch, which reads
 * the layer before; a residual connection is a second branch that reads an earlier one.
 *
 * @param inputShape the shape of the output of the layer before, whether or not a branch reads it
 * @param branches at least one, all with this layer's output shape
 */
public record FixedLinear(String name, Shape inputShape, Shape outputShape, List<Branch> branches)
    implements FixedLayer {

  /**
   * The operations applied, in order, to the output of layer {@code source}, times 2^leftShift
   * (before the operations; a public factor).
   *
   * @param source 0 for the model's input, else the number of an activation layer
   * @param leftShift brings branches of different scales to one scale
   * @param operations possibly none: then the branch is its source, shifted
   */
  public record Branch(int source, int leftShift, List<FixedOperation> operations) {
    /**
     * @throws IllegalArgumentException if the source is a linear layer or the shift not in 0..61
     */
    public Branch {
      operations = List.copyOf(operations);
      if (source < 0 || source % 2 != 0) {
        throw new IllegalArgumentException(
            "expected 0 or the number of an activation layer, got " + source);
      }
      if (leftShift < 0 || leftShift > 61) {
        throw new IllegalArgumentException("expected a left shift in 0..61, got " + leftShift);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the shapes do not fit each other
   */
  public FixedLinear {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("layer " + name + ": expected a branch, got none");
    }
    for (Branch branch : branches) {
      for (int i = 1; i < branch.operations().size(); i++) {
        Shape before = branch.operations().get(i - 1).outputShape();
        Shape here = branch.operations().get(i).inputShape();
        if (!before.equals(here)) {
          throw new IllegalArgumentException(
              "layer " + name + ": expected shape " + before + ", got " + here);
        }
      }
      if (!branch.operations().isEmpty()
          && !branch.operations().getLast().outputShape().equals(outputShape)) {
        throw new IllegalArgumentException(
            "layer "
                + name
                + ": expected shape "
                + outputShape
                + ", got "
                + branch.operations().getLast().outputShape());
      }
    }
  }
}
