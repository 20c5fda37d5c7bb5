package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.FixedSumPool;
import org.secolab.modelio.fixed.Modulus;

/**
 * A branch of a linear layer, taken apart.
 *
 * @param source the layer whose output it reads; 0 is the model's input
 * @param leftShift public power of two by which the source is multiplied first
 * @param before public operations before the convolution
 * @param convolution the part with secret weights; empty if the whole branch is public
 * @param after public operations behind it
 */
public record LinearBranch(
    int source,
    int leftShift,
    List<FixedOperation> before,
    Optional<FixedConvolution> convolution,
    List<FixedOperation> after) {
  public LinearBranch {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Takes the branches of {@code layer} apart.
   *
   * @throws IllegalArgumentException if a branch has two convolutions, which no importer produces
   */
  public static List<LinearBranch> of(FixedLinear layer) {
    return layer.branches().stream().map(branch -> of(layer.name(), branch)).toList();
  }

  private static LinearBranch of(String name, FixedLinear.Branch branch) {
    List<FixedOperation> before = new ArrayList<>();
    List<FixedOperation> after = new ArrayList<>();
    Optional<FixedConvolution> found = Optional.empty();
    for (FixedOperation operation : branch.operations()) {
      switch (operation) {
        case FixedConvolution convolution -> {
          if (found.isPresent()) {
            throw new IllegalArgumentException(
                "layer " + name + ": expected one convolution in a branch, got two");
          }
          found = Optional.of(convolution);
        }
        case FixedSumPool _, FixedReshape _ -> (found.isPresent() ? after : before).add(operation);
      }
    }
    return new LinearBranch(branch.source(), branch.leftShift(), before, found, after);
  }

  /** Applies the shift and the public operations before the convolution. */
  public long[] before(long[] source, Modulus modulus) {
    long[] value = source;
    if (leftShift > 0) {
      long factor = modulus.reduce(1L << leftShift);
      value = new long[source.length];
      for (int i = 0; i < value.length; i++) {
        value[i] = modulus.multiply(source[i], factor);
      }
    }
    return apply(before, value, modulus);
  }

  /** Applies the public operations behind the convolution. */
  public long[] after(long[] value, Modulus modulus) {
    return apply(after, value, modulus);
  }

  private static long[] apply(List<FixedOperation> operations, long[] value, Modulus modulus) {
    long[] result = value;
    for (FixedOperation operation : operations) {
      result = FixedPointEngine.apply(operation, modulus, result);
    }
    return result;
  }
}
