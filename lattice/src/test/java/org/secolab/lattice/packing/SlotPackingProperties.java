package org.secolab.lattice.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.sample.UniformSampler;

class SlotPackingProperties {
  private static final PlaintextModulus T = new PlaintextModulus(2061584302081L);

  /** Slots in clear, which counts what is done to them. */
  private static final class ClearSlots implements SlotPacking.Operations<long[]> {
    private final SlotPacking packing;
    private final long[] weights;
    final SortedSet<Integer> rotations = new TreeSet<>();
    final List<Integer> used = new ArrayList<>();
    int sums;

    ClearSlots(SlotPacking packing, long[] weights) {
      this.packing = packing;
      this.weights = weights;
    }

    @Override
    public long[] multiplySum(List<Integer> indices, List<long[]> inputs) {
      sums++;
      long[] sum = new long[inputs.getFirst().length];
      for (int k = 0; k < indices.size(); k++) {
        used.add(indices.get(k));
        long[] factor = packing.weightVector(indices.get(k), weights);
        for (int i = 0; i < sum.length; i++) {
          sum[i] = T.add(sum[i], T.multiply(factor[i], inputs.get(k)[i]));
        }
      }
      return sum;
    }

    @Override
    public long[] add(long[] a, long[] b) {
      long[] sum = new long[a.length];
      Arrays.setAll(sum, i -> T.add(a[i], b[i]));
      return sum;
    }

    @Override
    public long[] rotate(long[] vector, int places) {
      rotations.add(places);
      int row = vector.length / 2;
      long[] rotated = new long[vector.length];
      Arrays.setAll(rotated, i -> vector[i / row * row + (i % row + places) % row]);
      return rotated;
    }
  }

  @Provide
  Arbitrary<ConvolutionShape> shapes() {
    return Arbitraries.randomValue(
        random ->
            new ConvolutionShape(
                1 + random.nextInt(9),
                5 + random.nextInt(4),
                5 + random.nextInt(4),
                1 + random.nextInt(9),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(2),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(2),
                1 + random.nextInt(2),
                1 + random.nextInt(2)));
  }

  private static long[] uniform(int size, SeededRandom random) {
    long[] values = new long[size];
    UniformSampler.fill(values, T.value(), random);
    return values;
  }

  private static void assertComputes(ConvolutionShape shape, int rowSize, long seed) {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    long[] x = uniform(shape.inputSize(), random);
    long[] weights = uniform(shape.weightSize(), random);
    SlotPacking packing = new SlotPacking(shape, rowSize);
    ClearSlots slots = new ClearSlots(packing, weights);
    List<long[]> outputs = packing.evaluate(List.of(packing.packInput(x)), slots);
    assertArrayEquals(
        DirectConvolution.apply(shape, T, x, weights),
        packing.gatherOutput(outputs.toArray(long[][]::new)));
    assertEquals(packing.outputs(), outputs.size());
    assertTrue(packing.rotations().containsAll(slots.rotations), "rotations without a key");
    assertEquals(packing.sums(), slots.sums);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < packing.products(); i++) {
      all.add(i);
    }
    assertEquals(all, slots.used, "every weight vector enters one product");
  }

  @Property(tries = 500)
  void slots_equalDirectConvolution(@ForAll("shapes") ConvolutionShape shape, @ForAll long seed) {
    for (int rowSize : new int[] {128, 256, 2048}) {
      assertComputes(shape, rowSize, seed);
    }
  }

  @Example
  void fullyConnectedLayers_areImagesOfOneValue() {
    assertComputes(ConvolutionShape.fullyConnected(100, 30), 64, 1);
    assertComputes(ConvolutionShape.fullyConnected(100, 300), 64, 2);
    assertComputes(ConvolutionShape.fullyConnected(3, 1), 64, 3);
    assertComputes(ConvolutionShape.fullyConnected(1, 1), 8, 4);
  }

  @Example
  void countsOfThePapersNetworks() {
    // LeNet behind 4096 slots a row: 28 x 28 fills 1024 slots, 12 x 12 256.
    SlotPacking first =
        new SlotPacking(new ConvolutionShape(1, 28, 28, 20, 5, 5, 1, 1, 0, 0, 0, 0), 4096);
    assertEquals(List.of(1, 3, 75), List.of(first.inputs(), first.outputs(), first.products()));
    SlotPacking second =
        new SlotPacking(new ConvolutionShape(20, 12, 12, 50, 5, 5, 1, 1, 0, 0, 0, 0), 4096);
    assertEquals(
        List.of(2, 2, 1000), List.of(second.inputs(), second.outputs(), second.products()));
    SlotPacking third = new SlotPacking(ConvolutionShape.fullyConnected(800, 500), 4096);
    assertEquals(List.of(1, 1, 64), List.of(third.inputs(), third.outputs(), third.products()));
    // A layer of the paper's ResNet: every slot of every product is used.
    SlotPacking dense =
        new SlotPacking(new ConvolutionShape(16, 32, 32, 16, 3, 3, 1, 1, 1, 1, 1, 1), 4096);
    assertEquals(16 * 16 * 9 * 1024 / 8192, dense.products());
  }

  @Example
  void channelsLargerThanARow_areRefused() {
    ConvolutionShape shape = new ConvolutionShape(1, 9, 9, 1, 3, 3, 1, 1, 0, 0, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> new SlotPacking(shape, 64));
  }
}
