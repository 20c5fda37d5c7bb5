package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.party.PartyId;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.deploy.PartFormatException;

/** Recorded runs, written by {@code infer --report} and read by {@code view}. */
final class ViewCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path folder;

  private record Call(int code, String out, String err) {
    static Call of(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code = Seco.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
      return new Call(code, out.toString(), err.toString());
    }
  }

  private static Call record(String name, int digit, int split, String... more) {
    String[] arguments = {
      "infer",
      "--model",
      "mnist-mlp",
      "--split",
      "" + split,
      "--json",
      "--input",
      folder.resolve("digit-" + digit + ".png").toString(),
      "--report",
      folder.resolve(name).toString(),
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    Call call = Call.of(all);
    assertEquals(0, call.code(), call.err());
    return call;
  }

  private static Call view(String name, String... more) {
    String[] all = new String[2 + more.length];
    all[0] = "view";
    all[1] = folder.resolve(name).toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return Call.of(all);
  }

  @BeforeAll
  static void recordRuns() throws IOException {
    for (int digit : List.of(3, 4)) {
      try (InputStream in = BundledModels.digit(digit)) {
        Files.copy(in, folder.resolve("digit-" + digit + ".png"));
      }
    }
    record("three", 3, 2);
    record("four", 4, 2, "--seed", "01", "--report-raw");
  }

  @Test
  void recordedMessages_areTheOnesTheBooksCounted() throws IOException {
    JsonNode run = MAPPER.readTree(folder.resolve("three/run.json").toFile());
    assertEquals(4, run.path("views").size());
    JsonNode views = MAPPER.readTree(view("three", "--json").out()).path("parties");
    for (String party : List.of("user", "gateway", "remote1", "remote2")) {
      for (String phase : List.of("setupOnce", "setupPerInference", "preprocessing", "online")) {
        long sent = 0;
        long received = 0;
        for (JsonNode message : views.path(party)) {
          if (message.path("phase").asText().equals(phase)) {
            boolean own = message.path("direction").asText().equals("sent");
            sent += own ? message.path("bytes").asLong() : 0;
            received += own ? 0 : message.path("bytes").asLong();
          }
        }
        JsonNode books = run.path("parties").path(party).path(phase);
        assertEquals(books.path("bytesSent").asLong(), sent, party + " " + phase);
        assertEquals(books.path("bytesReceived").asLong(), received, party + " " + phase);
      }
    }
  }

  @Test
  void eachFile_saysThatItIsSecret_andHoldsItsPartysSecretsOnly() throws IOException {
    List<String> user = Files.readAllLines(folder.resolve("three/view-user.jsonl"));
    assertTrue(user.getFirst().contains("secret"), user.getFirst());
    assertEquals(1, user.stream().filter(line -> line.contains("\"inputs\"")).count());
    assertEquals(1, user.stream().filter(line -> line.contains("\"outputs\"")).count());
    for (String party : List.of("user", "gateway", "remote1", "remote2")) {
      List<String> lines = Files.readAllLines(folder.resolve("three/view-" + party + ".jsonl"));
      List<String> seeds = lines.stream().filter(line -> line.contains("\"randomness\"")).toList();
      assertEquals(1, seeds.size());
      assertTrue(seeds.getFirst().contains("\"label\":\"" + party + "\""), seeds.getFirst());
      assertTrue(lines.stream().noneMatch(line -> line.contains("\"payload\"")));
      assertEquals(
          party.equals("user"), lines.stream().anyMatch(line -> line.contains("\"inputs\"")));
    }
  }

  @Test
  void rawRecording_holdsPayloadsAndParts() throws IOException, PartFormatException {
    for (String line : Files.readAllLines(folder.resolve("four/view-gateway.jsonl"))) {
      JsonNode message = MAPPER.readTree(line);
      if (message.path("record").asText().equals("message")) {
        assertEquals(
            message.path("bytes").asInt() - 32, message.path("payload").binaryValue().length);
      }
    }
    assertEquals(
        new PartyId("remote1"), PartFile.read(folder.resolve("four/given-remote1.part")).party());
  }

  @Test
  void seededRun_isTheSameTwice() {
    record("four again", 4, 2, "--seed", "01", "--report-raw");
    for (String line :
        view("four", "--diff", folder.resolve("four again").toString()).out().lines().toList()) {
      assertTrue(
          line.matches(".*equal structure and lengths, (\\d+) messages, \\1 of them .*"), line);
    }
  }

  @Test
  void twoInputs_haveEqualStructure_twoCutsDoNot() {
    Call same = view("three", "--diff", folder.resolve("four").toString());
    assertEquals(0, same.code(), same.err());
    assertEquals(4, same.out().lines().count());
    same.out().lines().forEach(line -> assertTrue(line.contains("equal structure"), line));

    record("none", 3, 0);
    Call other = view("three", "--party", "user", "--diff", folder.resolve("none").toString());
    assertTrue(other.out().startsWith("user: first difference: message "), other.out());
  }

  @Test
  void filters_choosePartyLayerPhaseAndType() {
    Call call = view("three", "--party", "gateway", "--phase", "online", "--type", "masked-cut");
    assertEquals(0, call.code(), call.err());
    List<String> rows = call.out().lines().filter(line -> line.startsWith(" ")).toList();
    assertEquals(2, rows.size(), call.out());
    rows.forEach(row -> assertTrue(row.contains("residues of"), row));
    assertTrue(view("three", "--party", "user", "--layer", "99").out().contains("0 messages"));
  }

  @Test
  void wrongRequests_endWithOneLine() throws IOException {
    assertFailure(2, "--party", view("three", "--party", "nobody"));
    assertFailure(2, "--phase", view("three", "--phase", "later"));
    assertFailure(2, "--diff", view("three", "--json", "--diff", "x"));
    assertFailure(3, "run.json", view("missing"));
    Call existing =
        Call.of(
            "infer",
            "--model",
            "mnist-mlp",
            "--protocol",
            "clear",
            "--input",
            folder.resolve("digit-3.png").toString(),
            "--report",
            folder.resolve("three").toString());
    assertFailure(2, "--report", existing);

    Path cut = Files.createDirectory(folder.resolve("cut"));
    Files.copy(folder.resolve("three/run.json"), cut.resolve("run.json"));
    List<String> lines = Files.readAllLines(folder.resolve("three/view-user.jsonl"));
    Files.write(cut.resolve("view-user.jsonl"), lines.subList(0, lines.size() - 3));
    assertFailure(3, "view-user.jsonl: line " + (lines.size() - 2), view("cut", "--party", "user"));
    lines.remove(6);
    Files.write(cut.resolve("view-user.jsonl"), lines);
    assertFailure(3, "expected message", view("cut", "--party", "user", "--diff", cut.toString()));
  }

  private static void assertFailure(int code, String culprit, Call call) {
    assertEquals(code, call.code(), call.err());
    String message = call.err().replaceAll("(?m)^Try.*\\R", "");
    assertTrue(message.startsWith("seco: ") && message.contains(culprit), message);
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.contains("\tat "), message);
  }
}
