package org.secolab.protocol.seco;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Things of which each layer, or each tensor, has one. */
public final class ByNumber<T> {
  private final String what;
  private final Map<Integer, T> things = new HashMap<>();

  public ByNumber(String what) {
    this.what = what;
  }

  public void put(int number, T thing) {
    if (things.put(number, thing) != null) {
      throw new AssertionError("a second " + what + " for " + number);
    }
  }

  /** The sum of a size over all of them. */
  public long total(ToLongFunction<T> size) {
    return things.values().stream().mapToLong(size).sum();
  }

  /** Does something with all of them, such as zeroising. */
  public void forEach(Consumer<T> action) {
    things.values().forEach(action);
  }

  public T at(int number) {
    T thing = things.get(number);
    if (thing == null) {
      throw new AssertionError("no " + what + " for " + number);
    }
    return thing;
  }
}
