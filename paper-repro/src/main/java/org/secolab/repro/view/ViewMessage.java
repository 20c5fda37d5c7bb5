package org.secolab.repro.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One message of a view.
 *
 * @param number from 1 on, in the order the party saw them
 * @param phase as in reports
 * @param layer from 1 on; 0: none in particular
 * @param direction {@value #SENT} or {@value #RECEIVED}
 * @param peer the other end
 * @param type the name of the message's type
 * @param step the step of the paper or design
 * @param bytes on the wire, header included
 * @param shape kinds, counts and widths of what it holds; empty if unknown
 * @param sha256 of the payload
 */
public record ViewMessage(
    long number,
    String phase,
    int layer,
    String direction,
    String peer,
    String type,
    String step,
    long bytes,
    String shape,
    String sha256) {
  /** By the party whose view it is. */
  public static final String SENT = "sent";

  /** By that party. */
  public static final String RECEIVED = "received";

  /** The same as a JSON object. */
  public ObjectNode json() {
    return ViewRecorder.MAPPER
        .createObjectNode()
        .put("number", number)
        .put("phase", phase)
        .put("layer", layer)
        .put("direction", direction)
        .put("peer", peer)
        .put("type", type)
        .put("step", step)
        .put("bytes", bytes)
        .put("shape", shape)
        .put("sha256", sha256);
  }

  static ViewMessage of(JsonNode line) {
    return new ViewMessage(
        line.path("number").asLong(),
        line.path("phase").asText(),
        line.path("layer").asInt(),
        line.path("direction").asText(),
        line.path("peer").asText(),
        line.path("type").asText(),
        line.path("step").asText(),
        line.path("bytes").asLong(),
        line.path("shape").asText(),
        line.path("sha256").asText());
  }

  /** Whether all but the content is the same: what must not depend on a secret. */
  public boolean sameStructure(ViewMessage other) {
    return phase.equals(other.phase)
        && layer == other.layer
        && direction.equals(other.direction)
        && peer.equals(other.peer)
        && type.equals(other.type)
        && bytes == other.bytes;
  }

  /** All but the content, in words. */
  public String structure() {
    return phase
        + " layer "
        + layer
        + ", "
        + type
        + (direction.equals(SENT) ? " to " : " from ")
        + peer
        + ", "
        + bytes
        + " bytes";
  }
}
