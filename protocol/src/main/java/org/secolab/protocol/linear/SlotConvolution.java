package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.packing.SlotPacking;
import org.secolab.modelio.fixed.FixedConvolution;

/** Values in slots, moved by rotations: for prime moduli. */
public final class SlotConvolution implements PackedConvolution {
  private final FixedConvolution convolution;
  private final SlotEncoder encoder;
  private final SlotPacking packing;

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
    this.encoder = encoder;
    this.packing = new SlotPacking(PackedConvolution.groupShape(convolution), encoder.rowSize());
  }

  @Override
  public int inputs() {
    return convolution.groups() * packing.inputs();
  }

  @Override
  public int outputs() {
    return convolution.groups() * packing.outputs();
  }

  @Override
  public int weightPolynomials() {
    return convolution.groups() * packing.products();
  }

  @Override
  public int products() {
    return weightPolynomials();
  }

  @Override
  public int keySwitches() {
    return convolution.groups() * packing.keySwitches();
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
    List<long[]> polynomials = new ArrayList<>();
    for (int group = 0; group < convolution.groups(); group++) {
      for (long[] slots : packing.packInput(slice(tensor, group))) {
        polynomials.add(encoder.encode(slots));
      }
    }
    return polynomials;
  }

  @Override
  public long[] gatherOutput(List<long[]> polynomials) {
    long[] tensor = new long[outputSize()];
    int perGroup = packing.outputs();
    int size = tensor.length / convolution.groups();
    for (int group = 0; group < convolution.groups(); group++) {
      long[][] slots = new long[perGroup][];
      for (int i = 0; i < perGroup; i++) {
        slots[i] = encoder.decode(polynomials.get(group * perGroup + i));
      }
      System.arraycopy(packing.gatherOutput(slots), 0, tensor, group * size, size);
    }
    return tensor;
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
    return encoder.encode(packing.weightVector(index % packing.products(), slice(weights, group)));
  }

  @Override
  public SortedSet<Integer> rotations() {
    return packing.rotations();
  }

  @Override
  public <C, W> List<C> multiply(
      List<W> weights, List<C> inputs, LinearOperations<C, W> operations) {
    List<C> results = new ArrayList<>();
    for (int group = 0; group < convolution.groups(); group++) {
      int first = group * packing.products();
      results.addAll(
          packing.evaluate(
              inputs.subList(group * packing.inputs(), (group + 1) * packing.inputs()),
              new SlotPacking.Operations<C>() {
                @Override
                public C multiplySum(List<Integer> indices, List<C> factors) {
                  return operations.multiplySum(
                      indices.stream().map(index -> weights.get(first + index)).toList(), factors);
                }

                @Override
                public C add(C a, C b) {
                  return operations.add(a, b);
                }

                @Override
                public C rotate(C vector, int places) {
                  return operations.rotate(vector, places);
                }
              }));
    }
    return results;
  }

  private long[] slice(long[] values, int group) {
    int size = values.length / convolution.groups();
    return Arrays.copyOfRange(values, group * size, (group + 1) * size);
  }

  @Override
  public String toString() {
    return "slots";
  }
}
