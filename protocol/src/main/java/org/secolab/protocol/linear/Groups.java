package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The groups of a grouped convolution: equally large, packed alike, one after the other in every
 * array and list.
 *
 * @param count how many
 */
record Groups(int count) {
  /** The part of {@code values} that belongs to {@code group}. */
  long[] slice(long[] values, int group) {
    int size = values.length / count;
    return Arrays.copyOfRange(values, group * size, (group + 1) * size);
  }

  private <T> List<T> slice(List<T> values, int group) {
    int size = values.size() / count;
    return values.subList(group * size, (group + 1) * size);
  }

  /** A tensor's polynomials; {@code pack} makes those of a group. */
  List<long[]> pack(long[] tensor, Function<long[], long[][]> pack) {
    List<long[]> polynomials = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      polynomials.addAll(Arrays.asList(pack.apply(slice(tensor, group))));
    }
    return polynomials;
  }

  /**
   * A tensor out of its polynomials.
   *
   * @param size of the tensor
   * @param gather makes the part of a group
   */
  long[] gather(List<long[]> polynomials, int size, Function<long[][], long[]> gather) {
    long[] tensor = new long[size];
    for (int group = 0; group < count; group++) {
      long[] part = gather.apply(slice(polynomials, group).toArray(long[][]::new));
      System.arraycopy(part, 0, tensor, group * (size / count), part.length);
    }
    return tensor;
  }

  /** All results; {@code multiply} makes those of a group out of its weights and inputs. */
  <C, W> List<C> multiply(
      List<W> weights, List<C> inputs, BiFunction<List<W>, List<C>, List<C>> multiply) {
    List<C> results = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      results.addAll(multiply.apply(slice(weights, group), slice(inputs, group)));
    }
    return results;
  }
}
