package org.secolab.mpcgc.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What garblers enter modulo p equals its definition. */
class RingProperties {
  @Property(tries = 200)
  void entries_equalTheDefinition(@ForAll long x) {
    for (long p : List.of(3L, 65537L, 2061584302081L, (1L << 62) - 57)) {
      Ring.Prime ring = new Ring.Prime(p);
      long[] values = {x, 0, 1, -1, p - 1, p, p / 2};
      assertArrayEquals(
          LongStream.of(values)
              .map(value -> Math.floorMod(-Math.floorMod(value, p) - p / 2, p))
              .toArray(),
          ring.shareEntries(0, values));
      assertArrayEquals(
          LongStream.of(values).map(value -> Math.floorMod(-Math.floorMod(value, p), p)).toArray(),
          ring.maskEntries(0, values));
      assertArrayEquals(
          LongStream.of(values).map(value -> Math.floorMod(value, p)).toArray(),
          ring.shareEntries(1, values));
    }
  }
}
