package org.secolab.protocol.seco;

import java.util.HashMap;
import java.util.Map;

/** Things of which each layer, or each tensor, has one. */
final class ByNumber<T> {
  private final String what;
  private final Map<Integer, T> things = new HashMap<>();

  ByNumber(String what) {
    this.what = what;
  }

  void put(int number, T thing) {
    if (things.put(number, thing) != null) {
      throw new AssertionError("a second " + what + " for " + number);
    }
  }

  T at(int number) {
    T thing = things.get(number);
    if (thing == null) {
      throw new AssertionError("no " + what + " for " + number);
    }
    return thing;
  }
}
