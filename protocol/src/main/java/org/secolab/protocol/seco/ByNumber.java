package org.secolab.protocol.seco;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.secolab.protocol.material.MaterialWriter;

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
  static void write(MaterialWriter out, ByNumber<long[]> tensors) {
    tensors.things.forEach((number, tensor) -> out.tensor(tensors.what, number, tensor));
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
