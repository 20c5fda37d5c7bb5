package org.secolab.protocol.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;

/**
 * The tensors from before the cut that layers behind it read: one, or several where residual
 * connections jump over the cut. They cross it as one, laid end to end.
 *
 * @param numbers of the layers that make them, ascending, 0 for the input; none if nothing lies
 *     behind the cut
 * @param sizes how many values each has
 */
public record CrossingTensors(List<Integer> numbers, List<Integer> sizes) {
  /**
   * @throws IllegalArgumentException if there are not as many sizes as numbers
   */
  public CrossingTensors {
    numbers = List.copyOf(numbers);
    sizes = List.copyOf(sizes);
    if (numbers.size() != sizes.size()) {
      throw new IllegalArgumentException("expected sizes of " + numbers + ", got " + sizes);
    }
  }

  /** What crosses a cut of {@code model}. */
  public static CrossingTensors of(FixedModel model, int cut) {
    List<Integer> numbers = model.crossing(cut);
    List<Integer> sizes = numbers.stream().map(number -> model.shape(number).size()).toList();
    return new CrossingTensors(numbers, sizes);
  }

  /** Values in all of them together. */
  public int size() {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }

  /** All tensors end to end. */
  public long[] join(IntFunction<long[]> tensors) {
    long[] joined = new long[size()];
    int offset = 0;
    for (int i = 0; i < numbers.size(); i++) {
      System.arraycopy(tensors.apply(numbers.get(i)), 0, joined, offset, sizes.get(i));
      offset += sizes.get(i);
    }
    return joined;
  }

  /** Uniform residues for each tensor, and its number. */
  public void draw(Modulus modulus, RandomSource random, ObjIntConsumer<long[]> each) {
    for (int i = 0; i < numbers.size(); i++) {
      each.accept(UniformResidues.draw(sizes.get(i), modulus, random), numbers.get(i));
    }
  }

  /** Each tensor, and its number, out of what {@link #join} made. */
  public void split(long[] joined, ObjIntConsumer<long[]> each) {
    int offset = 0;
    for (int i = 0; i < numbers.size(); i++) {
      each.accept(Arrays.copyOfRange(joined, offset, offset + sizes.get(i)), numbers.get(i));
      offset += sizes.get(i);
    }
  }
}
