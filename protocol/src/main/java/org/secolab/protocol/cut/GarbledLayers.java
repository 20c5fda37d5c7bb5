package org.secolab.protocol.cut;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** One party's garbled layers of one inference, by the layer's number. */
public interface GarbledLayers<B> {
  /** Takes the batch of a layer. */
  void put(int layer, B batch);

  /** The batch of a layer; the same one every time. */
  B at(int layer);

  /** The sum of a size over those in the heap. */
  long total(ToLongFunction<B> size);

  /** Does something with all that are in the heap, such as zeroising. */
  void forEach(Consumer<B> action);
}
