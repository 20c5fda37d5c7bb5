package org.secolab.repro.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.WitnessedRandom;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.Message;
import org.secolab.protocol.inference.RunRecorder;

/**
 * Writes every party's view into a file of its own as the run goes on. All methods throw {@link
 * UncheckedIOException} if a file cannot be written.
 */
public final class ViewRecorder implements RunRecorder, AutoCloseable {
  static final int FORMAT = 1;

  static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final String protocol;
  private final List<PartyId> parties;
  private final boolean raw;
  private final Map<PartyId, ViewWriter> writers = new ConcurrentHashMap<>();

  /**
   * Records into {@code folder}.
   *
   * @param folder to be seen by nobody else
   * @param protocol the protocol's name
   * @param parties whose views
   * @param raw whether payloads and parts are written too
   */
  public ViewRecorder(Path folder, String protocol, Collection<PartyId> parties, boolean raw) {
    this.folder = folder;
    this.protocol = protocol;
    this.parties = List.copyOf(parties);
    this.raw = raw;
  }

  /** The name of the file of {@code party}. */
  public static String fileName(String party) {
    return "view-" + party + ".jsonl";
  }

  /** The same source; each party's seed goes into its view. */
  public RandomSource witness(RandomSource random) {
    return new WitnessedRandom(
        random,
        (label, seed) -> {
          PartyId party = new PartyId(label);
          if (parties.contains(party)) {
            ObjectNode node = record("randomness");
            node.put("label", label).put("seed", HexFormat.of().formatHex(seed));
            writer(party).line(node);
          }
          Arrays.fill(seed, (byte) 0);
        });
  }

  /** Writes what a party knows by value. */
  public void values(PartyId party, String what, List<long[]> values) {
    ObjectNode node = record("given");
    node.put("what", what);
    ArrayNode rows = node.putArray("values");
    for (long[] row : values) {
      ArrayNode numbers = rows.addArray();
      Arrays.stream(row).forEach(numbers::add);
    }
    writer(party).line(node);
  }

  @Override
  public void given(PartyId party, String what, Supplier<byte[]> bytes) {
    if (!parties.contains(party)) {
      return;
    }
    byte[] content = bytes.get();
    ObjectNode node = record("given");
    node.put("what", what).put("bytes", content.length).put("sha256", sha256(content, 0));
    if (raw) {
      String file = "given-" + party + "." + what;
      node.put("file", file);
      try {
        Files.write(folder.resolve(file), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    writer(party).line(node);
  }

  @Override
  public void message(
      PartyId party, boolean sent, Envelope envelope, Message message, byte[] frame) {
    ViewWriter writer = writer(party);
    ObjectNode node = record("message");
    node.put("number", writer.count(sent, frame.length));
    node.put("phase", envelope.scope().phase().label());
    node.put("layer", envelope.scope().layer());
    node.put("direction", sent ? ViewMessage.SENT : ViewMessage.RECEIVED);
    node.put("peer", envelope.peer().name());
    node.put("type", envelope.type());
    node.put("step", envelope.step());
    node.put("bytes", frame.length);
    node.put("shape", message.shape());
    node.put("sha256", sha256(frame, FrameHeader.BYTES));
    if (raw) {
      node.put("payload", Arrays.copyOfRange(frame, FrameHeader.BYTES, frame.length));
    }
    writer.line(node);
  }

  private static ObjectNode record(String kind) {
    return MAPPER.createObjectNode().put("record", kind);
  }

  private ViewWriter writer(PartyId party) {
    return writers.computeIfAbsent(
        party, _ -> new ViewWriter(folder.resolve(fileName(party.name())), head(party)));
  }

  private ObjectNode head(PartyId party) {
    ObjectNode head = record("view");
    head.put("format", FORMAT).put("party", party.name()).put("protocol", protocol);
    head.put(
        "notice",
        "secret: this is all that " + party + " knows, its randomness included; for study only");
    return head;
  }

  private static String sha256(byte[] bytes, int from) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, bytes.length - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Ends all files and says which there are, in the order of the parties. */
  public List<String> finish() {
    List<String> files = new ArrayList<>();
    for (PartyId party : parties) {
      ViewWriter writer = writers.get(party);
      if (writer != null) {
        writer.end(record("end"));
        files.add(fileName(party.name()));
      }
    }
    return files;
  }

  @Override
  public void close() {
    writers.values().forEach(ViewWriter::close);
  }
}
