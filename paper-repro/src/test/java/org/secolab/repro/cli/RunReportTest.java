package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ModelFormat;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.deploy.PartFormatException;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.report.Units;

/** All that {@code infer --report DIR --report-raw} writes, for two protocols. */
final class RunReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> PARTIES = List.of("user", "gateway", "remote1", "remote2");

  /** Elements that have no end. */
  private static final Set<String> VOID = Set.of("meta", "link");

  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z0-9]+)([^<>]*?)(/?)>");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
  private static final Pattern LOCAL_LINK = Pattern.compile("href=\"#([^\"]+)\"");

  private static final Map<String, List<JsonNode>> VIEWS = new HashMap<>();

  @TempDir private static Path folder;

  @BeforeAll
  static void recordRuns() throws IOException {
    Path digit = folder.resolve("digit.png");
    try (InputStream in = BundledModels.digit(3)) {
      Files.copy(in, digit);
    }
    for (String protocol : List.of("seco", "delphi3")) {
      StringWriter err = new StringWriter();
      String line = "infer --model mnist-mlp --split 2 --json --report-raw --protocol " + protocol;
      List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
      arguments.addAll(List.of("--input", digit.toString()));
      arguments.addAll(List.of("--report", folder.resolve(protocol).toString()));
      int code =
          Seco.run(
              new PrintWriter(new StringWriter()),
              new PrintWriter(err, true),
              arguments.toArray(String[]::new));
      assertEquals(0, code, err.toString());
    }
  }

  private static String text(String protocol, String file) throws IOException {
    return Files.readString(folder.resolve(protocol).resolve(file));
  }

  /** The lines of a view, without what messages say. */
  private static List<JsonNode> view(String protocol, String party) {
    return VIEWS.computeIfAbsent(protocol + " " + party, _ -> read(protocol, party));
  }

  private static List<JsonNode> read(String protocol, String party) {
    List<JsonNode> lines = new ArrayList<>();
    try {
      for (String line : text(protocol, "view-" + party + ".jsonl").lines().toList()) {
        lines.add(((ObjectNode) MAPPER.readTree(line)).without("payload"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static List<JsonNode> records(List<JsonNode> view, String kind) {
    return view.stream().filter(line -> line.path("record").asText().equals(kind)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seco", "delphi3"})
  void page_isWellFormed_andItsLinksLeadSomewhere(String protocol) throws Exception {
    String html = text(protocol, "report.html");
    assertTrue(html.startsWith("<!doctype html>"), html.substring(0, 40));
    String content = html.replaceAll("(?s)<(style|script)>.*?</\\1>", "<$1></$1>");
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(content.substring("<!doctype html>".length()));
    while (tags.find()) {
      String name = tags.group(2);
      if (!tags.group(1).isEmpty()) {
        assertEquals(open.poll(), name, tags.group());
      } else if (tags.group(4).isEmpty() && !VOID.contains(name)) {
        open.push(name);
      }
    }
    assertEquals(List.of(), List.copyOf(open));

    List<String> ids = ID.matcher(content).results().map(match -> match.group(1)).toList();
    assertEquals(ids.size(), new HashSet<>(ids).size(), ids.toString());
    List<String> links =
        LOCAL_LINK.matcher(content).results().map(match -> match.group(1)).toList();
    assertTrue(links.size() >= 4, links.toString());
    assertTrue(ids.containsAll(links), ids + " " + links);

    int charts = 0;
    for (Path file : files(protocol, ".svg")) {
      charts++;
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
    assertTrue(charts >= 7, charts + " charts");
  }

  private static List<Path> files(String protocol, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(protocol))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /** What each party sent and received, in the page as in the messages of its view. */
  @ParameterizedTest
  @ValueSource(strings = {"seco", "delphi3"})
  void page_showsWhatEveryPartysViewAddsUpTo(String protocol) throws IOException {
    String html = text(protocol, "report.html");
    for (String party : PARTIES) {
      List<JsonNode> messages = records(view(protocol, party), "message");
      assertFalse(messages.isEmpty(), party);
      for (Phase phase : Phase.values()) {
        long[] bytes = {0, 0};
        for (JsonNode message : messages) {
          if (message.path("phase").asText().equals(phase.label())) {
            boolean sent = message.path("direction").asText().equals("sent");
            bytes[sent ? 0 : 1] += message.path("bytes").asLong();
          }
        }
        String row =
            Stream.of(party, phase.label(), Units.bytes(bytes[0]), Units.bytes(bytes[1]))
                .map(cell -> "<td>" + cell + "</td>")
                .reduce("<tr>", String::concat);
        assertEquals(bytes[0] + bytes[1] > 0, html.contains(row), row);
      }
    }
  }

  /**
   * Every message stands in its sender's view and in its receiver's, in order, and nowhere else.
   */
  @ParameterizedTest
  @ValueSource(strings = {"seco", "delphi3"})
  void messages_standInTheViewsOfTheirTwoEnds(String protocol) {
    for (String from : PARTIES) {
      for (String to : PARTIES) {
        List<String> sent = messages(protocol, from, "sent", to);
        assertEquals(sent, messages(protocol, to, "received", from), from + " to " + to);
        assertEquals(from.equals(to) || (from + to).matches("user.+\\d|.+\\duser"), sent.isEmpty());
      }
    }
  }

  private static List<String> messages(
      String protocol, String party, String direction, String peer) {
    return records(view(protocol, party), "message").stream()
        .filter(message -> message.path("direction").asText().equals(direction))
        .filter(message -> message.path("peer").asText().equals(peer))
        .map(message -> message.path("type").asText() + " " + message.path("sha256").asText())
        .toList();
  }

  /** Seeds, parts of the model and the input; {@code run.json} has the result and no more. */
  @ParameterizedTest
  @ValueSource(strings = {"seco", "delphi3"})
  void secretsOfAParty_standInItsOwnFilesOnly(String protocol) throws IOException {
    List<Path> all = files(protocol, "");
    for (String party : PARTIES) {
      List<String> secrets = new ArrayList<>();
      List<JsonNode> view = view(protocol, party);
      records(view, "randomness").forEach(line -> secrets.add(line.path("seed").asText()));
      for (JsonNode given : records(view, "given")) {
        if (given.has("values") && given.path("what").asText().equals("inputs")) {
          secrets.add(given.path("values").path(0).toString());
        }
        if (given.has("file") && !party.equals("user")) {
          byte[] part =
              Files.readAllBytes(folder.resolve(protocol).resolve(given.path("file").asText()));
          assertEquals(part.length, given.path("bytes").asInt());
          secrets.add(new String(part, StandardCharsets.ISO_8859_1));
          secrets.add(Base64.getEncoder().encodeToString(part));
        }
      }
      assertTrue(secrets.size() >= 2, party + ": " + secrets.size());
      for (Path file : all) {
        String name = file.getFileName().toString();
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
          assertTrue(secret.length() >= 32);
          if (content.contains(secret)) {
            assertTrue(name.startsWith("view-" + party) || name.startsWith("given-" + party), name);
          }
        }
      }
    }
  }

  @Test
  void printedProtocol_recordsTheServersShares() throws Exception {
    List<FixedModel> parts = new ArrayList<>();
    for (String party : PARTIES) {
      String file = "given-" + party + ".model";
      parts.add(ModelFormat.read(Files.readAllBytes(folder.resolve("delphi3").resolve(file))));
    }
    FixedModel joined = new ModelParts(parts.get(0), parts.get(1), parts.subList(2, 4)).join();
    FixedModel model =
        Quantiser.quantise(
                BundledModels.open("mnist-mlp"),
                joined.fractionBits(),
                InputRange.UNIT,
                new RangePolicy.Explicit(joined.modulus()))
            .model();
    assertArrayEquals(ModelFormat.bytes(model), ModelFormat.bytes(joined));
    ModelParts expected =
        ModelParts.cut(model, new SplitPlan(2, 2), SeededRandom.ofInsecureNumber(1));
    assertArrayEquals(ModelFormat.bytes(expected.user()), ModelFormat.bytes(parts.get(0)));
    assertArrayEquals(ModelFormat.bytes(expected.gateway()), ModelFormat.bytes(parts.get(1)));
  }

  @Test
  void defaultProtocol_recordsTheServersParts() throws PartFormatException {
    Path run = folder.resolve("seco");
    DeployedModel deployed =
        new DeployedModel(
            PartFile.readUser(run.resolve("given-user.part")),
            PartFile.readServer(run.resolve("given-gateway.part"), SplitPlan.GATEWAY),
            List.of(
                PartFile.readServer(run.resolve("given-remote1.part"), SplitPlan.remote(1)),
                PartFile.readServer(run.resolve("given-remote2.part"), SplitPlan.remote(2))));
    assertEquals("mnist-mlp", deployed.join().name());
  }
}
