package org.secolab.repro.view;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the views of one party in two runs compare.
 *
 * @param messages messages of equal structure from the beginning on
 * @param equalContents how many of them have equal payloads too
 * @param first the first difference of structure, in words; empty if there is none
 */
public record ViewDifference(long messages, long equalContents, Optional<String> first) {
  /** Compares phase, layer, direction, peer, type and length, message by message. */
  public static ViewDifference of(ViewReader here, ViewReader there, ViewFilter filter)
      throws ViewFormatException, IOException {
    long messages = 0;
    long equalContents = 0;
    while (true) {
      ViewMessage one = next(here, filter);
      ViewMessage other = next(there, filter);
      if (one == null && other == null) {
        return new ViewDifference(messages, equalContents, Optional.empty());
      }
      if (one == null || other == null || !one.sameStructure(other)) {
        return new ViewDifference(
            messages, equalContents, Optional.of(words(one) + "; there: " + words(other)));
      }
      messages++;
      if (one.sha256().equals(other.sha256())) {
        equalContents++;
      }
    }
  }

  private static String words(@Nullable ViewMessage message) {
    return message == null
        ? "no more messages"
        : "message " + message.number() + " (" + message.structure() + ")";
  }

  private static @Nullable ViewMessage next(ViewReader reader, ViewFilter filter)
      throws ViewFormatException, IOException {
    while (true) {
      ViewMessage message = reader.next();
      if (message == null || filter.accepts(message)) {
        return message;
      }
    }
  }
}
