package org.secolab.repro.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.transport.PartyEvents;
import picocli.CommandLine.Option;

/** What a command line says about a log of what happens. */
final class LogOptions {
  @Option(
      names = "--log",
      paramLabel = "F.jsonl",
      description =
          "Write what happens to this file, one JSON object on a line: phases, messages (type,"
              + " layer, bytes, round), an abort; nothing secret.")
  private @Nullable Path file;

  /** Something that can be logged. */
  @FunctionalInterface
  interface Logged<R> {
    R run(Function<PartyId, PartyEvents> events) throws ProtocolAbortException, IOException;
  }

  /**
   * Runs {@code action}, logged if that is asked for.
   *
   * @throws IOException if the log cannot be written
   */
  <R> R run(Logged<R> action) throws ProtocolAbortException, IOException {
    if (file == null) {
      return action.run(_ -> PartyEvents.NONE);
    }
    try (EventLog log = new EventLog(file)) {
      try {
        return action.run(log::of);
      } catch (ProtocolAbortException e) {
        log.aborted(e);
        throw e;
      }
    }
  }
}
