package org.secolab.repro.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.PartyEvents;
import org.secolab.foundation.transport.Scope;

/**
 * What happens in a run, as it happens: one JSON object on a line for each phase entered, each
 * message, and an abort. Sizes and names only, nothing that depends on a secret. Parties of one
 * process share a log, so writing is synchronised.
 */
final class EventLog implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final PrintWriter out;

  /**
   * @throws IOException if the file cannot be written
   */
  EventLog(Path file) throws IOException {
    this.file = file;
    this.out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
  }

  /** What {@code party} does goes into this log. */
  PartyEvents of(PartyId party) {
    return new PartyEvents() {
      @Override
      public void entered(Scope scope, long nanos) {
        write(event("entered", party, scope, nanos));
      }

      @Override
      public void sent(Envelope envelope, int bytes, long round, long nanos) {
        write(message("sent", party, envelope, bytes, round, nanos));
      }

      @Override
      public void received(Envelope envelope, int bytes, long round, long nanos) {
        write(message("received", party, envelope, bytes, round, nanos));
      }
    };
  }

  /** The run ended early. */
  void aborted(ProtocolAbortException abort) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("event", "abort");
    node.put("blamed", abort.blamed().name());
    node.put("reason", abort.getMessage());
    write(node);
  }

  private static ObjectNode event(String event, PartyId party, Scope scope, long nanos) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("event", event);
    node.put("millis", Math.round(nanos / 1e3) / 1e3);
    node.put("party", party.name());
    node.put("phase", scope.phase().label());
    node.put("layer", scope.layer());
    return node;
  }

  private static ObjectNode message(
      String event, PartyId party, Envelope envelope, int bytes, long round, long nanos) {
    ObjectNode node = event(event, party, envelope.scope(), nanos);
    node.put("peer", envelope.peer().name());
    node.put("type", envelope.type());
    node.put("step", envelope.step());
    node.put("bytes", bytes);
    node.put("round", round);
    return node;
  }

  private synchronized void write(ObjectNode node) {
    out.println(node);
  }

  /**
   * Ends the log.
   *
   * @throws IOException if some of it could not be written
   */
  @Override
  public synchronized void close() throws IOException {
    out.close();
    if (out.checkError()) {
      throw new IOException(file + ": the log could not be written");
    }
  }
}
