package org.secolab.repro.view;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which messages of a view are wanted; what is empty wants all.
 *
 * @param phase as in reports
 * @param layer from 1 on; 0: those of no layer in particular
 * @param type the name of a message type
 */
public record ViewFilter(Optional<String> phase, OptionalInt layer, Optional<String> type) {
  /** Whether {@code message} is wanted. */
  public boolean accepts(ViewMessage message) {
    return phase.map(message.phase()::equals).orElse(true)
        && (layer.isEmpty() || layer.getAsInt() == message.layer())
        && type.map(message.type()::equals).orElse(true);
  }
}
