package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.secolab.lattice.packing.CoefficientPacking;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.modelio.fixed.FixedConvolution;

/** Values as coefficients, weights as polynomials that need no rotation: for any modulus. */
public final class CoefficientConvolution implements PackedConvolution {
  private final FixedConvolution convolution;
  private final CoefficientPacking packing;

  /** Packs the shape of {@code convolution}; its numbers are not looked at. */
  public CoefficientConvolution(
      FixedConvolution convolution, int degree, PackingObjective objective) {
    this.convolution = convolution;
    this.packing =
        CoefficientPacking.plan(PackedConvolution.groupShape(convolution), degree, objective);
  }

  /** How one group is packed. */
  public CoefficientPacking packing() {
    return packing;
  }

  @Override
  public int inputs() {
    return convolution.groups() * packing.inputPolynomials();
  }

  @Override
  public int outputs() {
    return convolution.groups() * packing.outputPolynomials();
  }

  @Override
  public int products() {
    return convolution.groups() * packing.products();
  }

  @Override
  public int inputSize() {
    return convolution.inputShape().size();
  }

  @Override
  public int outputSize() {
    return convolution.outputShape().size();
  }

  @Override
  public List<long[]> packInput(long[] tensor) {
    List<long[]> polynomials = new ArrayList<>();
    for (int group = 0; group < convolution.groups(); group++) {
      polynomials.addAll(Arrays.asList(packing.packInput(slice(tensor, group))));
    }
    return polynomials;
  }

  @Override
  public long[] gatherOutput(List<long[]> polynomials) {
    long[] tensor = new long[outputSize()];
    int perGroup = packing.outputPolynomials();
    int size = tensor.length / convolution.groups();
    for (int group = 0; group < convolution.groups(); group++) {
      List<long[]> own = polynomials.subList(group * perGroup, (group + 1) * perGroup);
      System.arraycopy(
          packing.gatherOutput(own.toArray(long[][]::new)), 0, tensor, group * size, size);
    }
    return tensor;
  }

  @Override
  public List<BitSet> usedCoefficients() {
    List<BitSet> used = new ArrayList<>();
    for (int result = 0; result < outputs(); result++) {
      used.add(packing.usedCoefficients(result % packing.outputPolynomials()));
    }
    return used;
  }

  @Override
  public int weightPolynomials() {
    return convolution.groups() * packing.weightPolynomials();
  }

  @Override
  public int keySwitches() {
    return outputs();
  }

  @Override
  public NoiseGrowth growth() {
    return new NoiseGrowth(0, packing.inputPolynomials(), 1);
  }

  @Override
  public long nonZeros() {
    return packing.nonZeros();
  }

  @Override
  public SortedSet<Integer> rotations() {
    return Collections.emptySortedSet();
  }

  @Override
  public long[] weightPolynomial(int index, long[] weights) {
    int perGroup = packing.weightPolynomials();
    return packing.weightPolynomial(index % perGroup, slice(weights, index / perGroup));
  }

  @Override
  public <C, W> List<C> multiply(
      List<W> weights, List<C> inputs, LinearOperations<C, W> operations) {
    List<C> results = new ArrayList<>();
    for (int group = 0; group < convolution.groups(); group++) {
      int firstInput = group * packing.inputPolynomials();
      int firstWeight = group * packing.weightPolynomials();
      for (int o = 0; o < packing.outputPolynomials(); o++) {
        List<W> factors = new ArrayList<>();
        List<C> operands = new ArrayList<>();
        for (CoefficientPacking.Product product : packing.products(o)) {
          factors.add(weights.get(firstWeight + product.weight()));
          operands.add(inputs.get(firstInput + product.input()));
        }
        results.add(operations.multiplySum(factors, operands));
      }
    }
    return results;
  }

  private long[] slice(long[] values, int group) {
    int size = values.length / convolution.groups();
    return Arrays.copyOfRange(values, group * size, (group + 1) * size);
  }

  @Override
  public String toString() {
    return "coefficients";
  }
}
