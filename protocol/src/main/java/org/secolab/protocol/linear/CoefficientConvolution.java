package org.secolab.protocol.linear;

import java.util.ArrayList;
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
  private final Groups groups;

  /** Packs the shape of {@code convolution}; its numbers are not looked at. */
  public CoefficientConvolution(
      FixedConvolution convolution, int degree, PackingObjective objective) {
    this.convolution = convolution;
    this.groups = new Groups(convolution.groups());
    this.packing =
        CoefficientPacking.plan(PackedConvolution.groupShape(convolution), degree, objective);
  }

  /** How one group is packed. */
  public CoefficientPacking packing() {
    return packing;
  }

  @Override
  public int inputs() {
    return groups.count() * packing.inputPolynomials();
  }

  @Override
  public int outputs() {
    return groups.count() * packing.outputPolynomials();
  }

  @Override
  public int products() {
    return groups.count() * packing.products();
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
    return groups.pack(tensor, packing::packInput);
  }

  @Override
  public long[] gatherOutput(List<long[]> polynomials) {
    return groups.gather(polynomials, outputSize(), packing::gatherOutput);
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
    return groups.count() * packing.weightPolynomials();
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
    return packing.weightPolynomial(index % perGroup, groups.slice(weights, index / perGroup));
  }

  @Override
  public <C, W> List<C> multiply(
      List<W> weights, List<C> inputs, LinearOperations<C, W> operations) {
    return groups.multiply(
        weights, inputs, (factors, operands) -> multiplyGroup(factors, operands, operations));
  }

  private <C, W> List<C> multiplyGroup(
      List<W> weights, List<C> inputs, LinearOperations<C, W> operations) {
    List<C> results = new ArrayList<>();
    for (int o = 0; o < packing.outputPolynomials(); o++) {
      List<W> factors = new ArrayList<>();
      List<C> operands = new ArrayList<>();
      for (CoefficientPacking.Product product : packing.products(o)) {
        factors.add(weights.get(product.weight()));
        operands.add(inputs.get(product.input()));
      }
      results.add(operations.multiplySum(factors, operands));
    }
    return results;
  }

  @Override
  public String toString() {
    return "coefficients";
  }
}
