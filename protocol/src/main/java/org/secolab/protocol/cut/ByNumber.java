package org.secolab.protocol.cut;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.secolab.protocol.deploy.CrossingTensors;
import org.secolab.protocol.material.MaterialReader;
import org.secolab.protocol.material.MaterialWriter;
import org.secolab.protocol.material.StoreException;

/** Things of which each layer, or each tensor, has one. */
public final class ByNumber<T> implements GarbledLayers<T> {
  private final String what;
  private final Map<Integer, T> things = new HashMap<>();

  public ByNumber(String what) {
    this.what = what;
  }

  @Override
  public void put(int number, T thing) {
    if (things.put(number, thing) != null) {
      throw new AssertionError("a second " + what + " for " + number);
    }
  }

  /** The sum of a size over all of them. */
  @Override
  public long total(ToLongFunction<T> size) {
    return things.values().stream().mapToLong(size).sum();
  }

  /** Does something with all of them, such as zeroising. */
  @Override
  public void forEach(Consumer<T> action) {
    things.values().forEach(action);
  }

  /** Writes down tensors under the name they have here. */
  public static void write(MaterialWriter out, ByNumber<long[]> tensors) {
    tensors.things.forEach((number, tensor) -> out.tensor(tensors.what, number, tensor));
  }

  /** Reads back what {@link #write} wrote of the tensors that cross the cut. */
  public static void readCrossing(
      MaterialReader in, CrossingTensors crossing, ByNumber<long[]> tensors) throws StoreException {
    for (int i = 0; i < crossing.numbers().size(); i++) {
      int number = crossing.numbers().get(i);
      tensors.put(number, in.tensor(tensors.what, number, crossing.sizes().get(i)));
    }
  }

  @Override
  public T at(int number) {
    T thing = things.get(number);
    if (thing == null) {
      throw new AssertionError("no " + what + " for " + number);
    }
    return thing;
  }
}
