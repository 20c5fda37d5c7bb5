package org.secolab.protocol.linear;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.packing.SlotPacking;
import org.secolab.modelio.fixed.FixedConvolution;

/** Values in slots, moved by rotations: for prime moduli. */
public final class SlotConvolution implements PackedConvolution {
  private final FixedConvolution convolution;
  private final SlotEncoder encoder;
  private final SlotPacking packing;
  private final Groups groups;

  /** Whether every channel of {@code convolution} fits into a row of slots. */
  public static boolean fits(FixedConvolution convolution, SlotEncoder encoder) {
    return SlotPacking.fits(PackedConvolution.groupShape(convolution), encoder.rowSize());
  }

  /**
   * Packs the shape of {@code convolution}; its numbers are not looked at.
   *
   * @throws IllegalArgumentException if a channel does not fit into a row of slots
   */
  public SlotConvolution(FixedConvolution convolution, SlotEncoder encoder) {
    this.convolution = convolution;
    this.groups = new Groups(convolution.groups());
    this.encoder = encoder;
    this.packing = new SlotPacking(PackedConvolution.groupShape(convolution), encoder.rowSize());
  }

  @Override
  public int inputs() {
    return groups.count() * packing.inputs();
  }

  @Override
  public int outputs() {
    return groups.count() * packing.outputs();
  }

  @Override
  public int weightPolynomials() {
    return groups.count() * packing.products();
  }

  @Override
  public int products() {
    return weightPolynomials();
  }

  @Override
  public int keySwitches() {
    return groups.count() * packing.keySwitches();
  }

  @Override
  public NoiseGrowth growth() {
    long folds = packing.folds();
    return new NoiseGrowth(
        packing.inputRotations(),
        (long) packing.productsPerOutput() << folds,
        (2L * packing.diagonals() + folds) << folds);
  }

  @Override
  public long nonZeros() {
    // The coefficients of a polynomial with given slots are all in use.
    return (2L * encoder.rowSize() * packing.productsPerOutput()) << packing.folds();
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
    return groups.pack(tensor, part -> coded(packing.packInput(part), encoder::encode));
  }

  @Override
  public long[] gatherOutput(List<long[]> polynomials) {
    return groups.gather(
        polynomials, outputSize(), part -> packing.gatherOutput(coded(part, encoder::decode)));
  }

  private static long[][] coded(long[][] vectors, UnaryOperator<long[]> coder) {
    return Arrays.stream(vectors).map(coder).toArray(long[][]::new);
  }

  @Override
  public List<BitSet> usedCoefficients() {
    // A slot is a sum over all coefficients.
    BitSet all = new BitSet(2 * encoder.rowSize());
    all.set(0, 2 * encoder.rowSize());
    return Collections.nCopies(outputs(), all);
  }

  @Override
  public long[] weightPolynomial(int index, long[] weights) {
    int group = index / packing.products();
    return encoder.encode(
        packing.weightVector(index % packing.products(), groups.slice(weights, group)));
  }

  @Override
  public SortedSet<Integer> rotations() {
    return packing.rotations();
  }

  @Override
  public <C, W> List<C> multiply(
      List<W> weights, List<C> inputs, LinearOperations<C, W> operations) {
    return groups.multiply(
        weights,
        inputs,
        (factors, operands) -> packing.evaluate(operands, onSlots(factors, operations)));
  }

  private static <C, W> SlotPacking.Operations<C> onSlots(
      List<W> weights, LinearOperations<C, W> operations) {
    return new SlotPacking.Operations<>() {
      @Override
      public C multiplySum(List<Integer> indices, List<C> factors) {
        return operations.multiplySum(indices.stream().map(weights::get).toList(), factors);
      }

      @Override
      public C add(C a, C b) {
        return operations.add(a, b);
      }

      @Override
      public C rotate(C vector, int places) {
        return operations.rotate(vector, places);
      }
    };
  }

  @Override
  public String toString() {
    return "slots";
  }
}
