package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.Modulus;

/**
 * A linear layer taken apart into branches and packed for one ring degree. Knows shapes only; the
 * numbers that a server computes with come from its own part of the model.
 */
public final class LinearLayer {
  private final int number;
  private final FixedLinear layer;
  private final List<LinearBranch> branches;
  private final List<@Nullable PackedConvolution> packed;

  /** Layer {@code number}, packed as {@code strategy} says. */
  public LinearLayer(int number, FixedLinear layer, LinearStrategy strategy) {
    this.number = number;
    this.layer = layer;
    this.branches = LinearBranch.of(layer);
    List<@Nullable PackedConvolution> list = new ArrayList<>();
    for (LinearBranch branch : branches) {
      list.add(branch.convolution().map(strategy::pack).orElse(null));
    }
    this.packed = Collections.unmodifiableList(list);
  }

  /** The layer's number, from 1 on. */
  public int number() {
    return number;
  }

  /** Its branches. */
  public List<LinearBranch> branches() {
    return branches;
  }

  /** How the convolution of branch {@code index} is packed; null for a public branch. */
  public @Nullable PackedConvolution packed(int index) {
    return packed.get(index);
  }

  /** How the convolution of branch {@code index} is packed; it must have one. */
  public PackedConvolution packedAt(int index) {
    PackedConvolution convolution = packed.get(index);
    if (convolution == null) {
      throw new IllegalArgumentException("expected a branch with weights, got branch " + index);
    }
    return convolution;
  }

  /** All packed convolutions. */
  public List<PackedConvolution> packed() {
    List<PackedConvolution> all = new ArrayList<>();
    for (PackedConvolution convolution : packed) {
      if (convolution != null) {
        all.add(convolution);
      }
    }
    return all;
  }

  /** The size of the output tensor. */
  public int outputSize() {
    return layer.outputShape().size();
  }

  /** What stands for the convolution of a branch. */
  @FunctionalInterface
  public interface Convolve {
    /**
     * The value behind the convolution of branch {@code index}.
     *
     * @param input the convolution's input
     */
    long[] apply(int index, FixedConvolution convolution, long[] input)
        throws ProtocolAbortException;
  }

  /**
   * The sum of the branches with secret weights.
   *
   * @param sources the value of each tensor that a branch reads
   * @param convolve what stands for a branch's convolution
   */
  public long[] secretPart(IntFunction<long[]> sources, Modulus modulus, Convolve convolve)
      throws ProtocolAbortException {
    long[] sum = new long[outputSize()];
    for (int index = 0; index < branches.size(); index++) {
      LinearBranch branch = branches.get(index);
      if (branch.convolution().isPresent()) {
        long[] input = branch.before(sources.apply(branch.source()), modulus);
        long[] value = convolve.apply(index, branch.convolution().get(), input);
        sum = Tensors.add(sum, branch.after(value, modulus), modulus);
      }
    }
    return sum;
  }

  /** Draws or computes what masks the output of the convolution of a branch. */
  @FunctionalInterface
  public interface OutputMask {
    /** The mask, of the size of the convolution's output. */
    long[] of(int index) throws ProtocolAbortException;
  }

  /** The sum of the masks of all convolutions, as the layer's output carries it. */
  public long[] outputMask(Modulus modulus, OutputMask masks) throws ProtocolAbortException {
    long[] sum = new long[outputSize()];
    for (int index = 0; index < branches.size(); index++) {
      if (branches.get(index).convolution().isPresent()) {
        sum = Tensors.add(sum, branches.get(index).after(masks.of(index), modulus), modulus);
      }
    }
    return sum;
  }

  /** The sum of the branches without weights, such as shortcut connections. */
  public long[] publicPart(IntFunction<long[]> sources, Modulus modulus) {
    long[] sum = new long[outputSize()];
    for (LinearBranch branch : branches) {
      if (branch.convolution().isEmpty()) {
        long[] value = branch.before(sources.apply(branch.source()), modulus);
        sum = Tensors.add(sum, value, modulus);
      }
    }
    return sum;
  }
}
