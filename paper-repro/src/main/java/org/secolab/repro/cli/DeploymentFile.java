package org.secolab.repro.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secolab.foundation.party.PartyId;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.deploy.ModelHash;
import org.secolab.protocol.remote.Fingerprint;
import org.secolab.protocol.remote.PartyDirectory;

/**
 * The file that all parties of a deployment have in common: which model, who takes part, where they
 * listen, and which certificates they show. Nothing in it is secret; that it is the right one
 * matters.
 *
 * @param model the deployment
 * @param parties user first, then gateway, then remote servers
 */
record DeploymentFile(ModelHash model, PartyDirectory parties) {
  private static final String FORMAT = "seco-deployment";
  private static final int VERSION = 1;
  private static final long MAXIMUM_BYTES = 1 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  void write(Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("model", model.hex());
    ArrayNode list = root.putArray("parties");
    for (PartyDirectory.Entry entry : parties.entries()) {
      ObjectNode node = list.addObject();
      node.put("name", entry.party().name());
      entry
          .address()
          .ifPresent(
              address -> node.put("address", address.getHostString() + ":" + address.getPort()));
      node.put("certificateSha256", entry.certificate().hex());
    }
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  /**
   * Reads a deployment file.
   *
   * @throws InputFormatException naming the file and what is wrong with it
   */
  static DeploymentFile read(Path file) throws InputFormatException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new InputFormatException(file.toString(), "expected a deployment file, got none");
      }
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw new InputFormatException(
            file.toString(), "expected at most " + MAXIMUM_BYTES + " bytes");
      }
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (!root.path("format").asText().equals(FORMAT) || root.path("version").asInt() != VERSION) {
        throw new IllegalArgumentException(
            "expected \"format\": \"" + FORMAT + "\", \"version\": " + VERSION);
      }
      List<PartyDirectory.Entry> entries = new ArrayList<>();
      for (JsonNode node : root.path("parties")) {
        entries.add(entry(node));
      }
      return new DeploymentFile(
          new ModelHash(root.path("model").asText()), new PartyDirectory(entries));
    } catch (JsonProcessingException e) {
      throw new InputFormatException(
          file.toString(), "expected JSON, got something else: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InputFormatException(file.toString(), "cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new InputFormatException(file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static PartyDirectory.Entry entry(JsonNode node) {
    PartyId party = new PartyId(node.path("name").asText());
    Optional<InetSocketAddress> address =
        node.has("address")
            ? Optional.of(address(party, node.path("address").asText()))
            : Optional.empty();
    return new PartyDirectory.Entry(
        party, new Fingerprint(node.path("certificateSha256").asText()), address);
  }

  private static InetSocketAddress address(PartyId party, String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          party + ": expected an address host:port, got \"" + text + "\"", e);
    }
  }
}
