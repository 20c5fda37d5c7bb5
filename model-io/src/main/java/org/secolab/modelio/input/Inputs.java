package org.secolab.modelio.input;

import java.util.List;
import org.secolab.modelio.fixed.InputRange;

/**
 * Inputs of a network, ready to be encoded.
 *
 * @param tensors flat {@code [channel][row][column]}, all in {@code range}
 * @param firstIndex the number of the first one in its file, counted from 0
 * @param range what every value may be
 */
public record Inputs(List<float[]> tensors, int firstIndex, InputRange range) {
  public Inputs {
    tensors = List.copyOf(tensors);
  }
}
