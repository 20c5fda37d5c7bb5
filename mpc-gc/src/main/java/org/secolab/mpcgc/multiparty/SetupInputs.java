package org.secolab.mpcgc.multiparty;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.label.Planes;

/** The setup-known inputs of one garbler, as planes over the whole batch. */
final class SetupInputs implements Secret {
  private final Map<Integer, long[]> planes = new HashMap<>();

  SetupInputs(Circuit circuit, int self, int instances, Map<String, long[]> values) {
    Set<String> given = new HashSet<>(values.keySet());
    for (Circuit.Input input : circuit.inputs()) {
      if (input.kind() instanceof InputKind.SetupKnown(int owner) && owner == self) {
        long[] words = values.get(input.name());
        if (words == null) {
          throw new IllegalArgumentException(
              "expected values of input \"" + input.name() + "\", got none");
        }
        given.remove(input.name());
        long[][] bits = Planes.ofValues(words, instances, input.words(), input.bits());
        for (int w = 0; w < bits.length; w++) {
          planes.put(input.firstWire() + w, bits[w]);
        }
      }
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "expected only setup-known inputs of garbler " + self + ", got also " + given);
    }
  }

  /** Copies the words of {@code wire}'s plane to {@code target}, if it is one of these inputs. */
  void copy(int wire, int firstWord, long[] target, int at, int words) {
    long[] plane = planes.get(wire);
    if (plane != null) {
      System.arraycopy(plane, firstWord, target, at, words);
    }
  }

  @Override
  public void close() {
    planes.values().forEach(plane -> Arrays.fill(plane, 0));
  }

  @Override
  public String toString() {
    return "SetupInputs";
  }
}
