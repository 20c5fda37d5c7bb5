package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secolab.modelio.bundled.BundledModels;

/** The command line as people and scripts see it: output, one-line errors, exit codes. */
final class SecoTest {
  @TempDir private static Path folder;

  /** What a call left behind. */
  private record Call(int code, String out, String err) {
    static Call of(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code = Seco.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
      return new Call(code, out.toString(), err.toString());
    }
  }

  @BeforeAll
  static void writeDigits() throws IOException {
    for (int digit = 0; digit < 10; digit++) {
      try (InputStream in = BundledModels.digit(digit)) {
        Files.copy(in, folder.resolve("digit-" + digit + ".png"));
      }
    }
    Files.writeString(folder.resolve("words.onnx"), "not a model");
  }

  private static String digit(int digit) {
    return folder.resolve("digit-" + digit + ".png").toString();
  }

  @Test
  void demo_showsDigitPredictionEqualityAndCostsUserFirst() {
    Call call = Call.of("demo", "--digit", "4");
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("@"), "the digit");
    assertTrue(call.out().contains("prediction: 4"), call.out());
    assertTrue(call.out().contains("equals plaintext: yes"), call.out());
    int user = call.out().indexOf("\nuser ");
    assertTrue(user > 0 && user < call.out().indexOf("\ngateway "), call.out());
  }

  @ParameterizedTest
  @CsvSource({
    "mnist-mlp, none, 2, 3",
    "mnist-mlp, all, 2, 5",
    "mnist-minionn, 4, 3, 2",
    "mnist-minionn-maxpool, 2, 2, 8",
    "mnist-lenet, none, 4, 9",
  })
  void infer_equalsPlaintext(String model, String split, String remoteServers, int digit)
      throws IOException {
    Call call =
        Call.of(
            "infer",
            "--model",
            model,
            "--input",
            digit(digit),
            "--split",
            split,
            "--remote-servers",
            remoteServers,
            "--json");
    assertEquals(0, call.code(), call.err());
    JsonNode root = new ObjectMapper().readTree(call.out());
    JsonNode item = root.path("items").path(0);
    assertTrue(item.path("matchesClear").asBoolean());
    assertEquals(digit, item.path("prediction").asInt());
    assertEquals(10, item.path("logits").size());
    assertEquals("seco", root.path("protocol").asText());
    assertTrue(root.path("userWaitingMillis").asDouble() > 0);
    long sent = 0;
    long received = 0;
    for (JsonNode party : root.path("parties")) {
      for (String phase : List.of("setupOnce", "setupPerInference", "preprocessing", "online")) {
        sent += party.path(phase).path("bytesSent").asLong();
        received += party.path(phase).path("bytesReceived").asLong();
      }
    }
    assertTrue(sent > 0);
    assertEquals(sent, received);
    long byLayer = 0;
    for (JsonNode entry : root.path("costsByLayer")) {
      byLayer += entry.path("bytesSent").asLong();
    }
    assertEquals(sent, byLayer);
  }

  @Test
  void plan_predictsWhatInferMeasures() throws IOException {
    String[] options = {"--model", "mnist-mlp", "--input", digit(1), "--split", "2", "--json"};
    JsonNode plan = json("plan", options).path("parties");
    JsonNode run = json("infer", options).path("parties");
    assertEquals(List.of("user", "gateway", "remote1", "remote2"), names(plan));
    assertEquals(names(plan), names(run));
    for (String party : names(plan)) {
      plan.path(party)
          .properties()
          .forEach(
              phase ->
                  phase
                      .getValue()
                      .properties()
                      .forEach(
                          figure ->
                              assertEquals(
                                  figure.getValue().asLong(),
                                  run.path(party)
                                      .path(phase.getKey())
                                      .path(figure.getKey())
                                      .asLong(),
                                  party + " " + phase.getKey() + " " + figure.getKey())));
    }
  }

  @Test
  void simulatedNetwork_isNamed_andTakesAtLeastWhatIsPlanned() throws IOException {
    String[] options = {
      "--model", "mnist-mlp", "--input", digit(1), "--network", "1Mbit,10000ms", "--json"
    };
    JsonNode plan = json("plan", options);
    JsonNode run = json("infer", options);
    for (JsonNode report : List.of(plan, run)) {
      assertEquals("1Mbit,10000ms", report.path("network").asText());
      assertTrue(report.path("networkSimulated").asBoolean());
    }
    double least = plan.path("leastNetworkMillis").path("online").asDouble();
    assertEquals(5_000 * plan.path("onlineTrips").asInt(), least);
    assertTrue(run.path("userWaitingMillis").asDouble() >= least);
    assertFalse(
        json("plan", "--model", "mnist-mlp", "--json").path("networkSimulated").asBoolean());
  }

  @Test
  void log_tellsPhasesAndMessages_andDependsOnNoInput() throws IOException {
    List<List<String>> logs = new ArrayList<>();
    for (int digit : new int[] {2, 9}) {
      Path log = folder.resolve("log-" + digit + ".jsonl");
      Call call =
          Call.of(
              "infer", "--model", "mnist-mlp", "--input", digit(digit), "--log", log.toString());
      assertEquals(0, call.code(), call.err());
      List<String> events = new ArrayList<>();
      for (String line : Files.readAllLines(log)) {
        ObjectNode event = (ObjectNode) new ObjectMapper().readTree(line);
        assertTrue(event.path("millis").isNumber(), line);
        event.remove("millis");
        events.add(event.toString());
      }
      // Parties run side by side: their events interleave in any order.
      Collections.sort(events);
      logs.add(events);
    }
    assertEquals(logs.get(0), logs.get(1));
    String all = String.join("\n", logs.getFirst());
    for (String part :
        List.of(
            "\"entered\"", "\"sent\"", "\"received\"", "\"type\":\"masked-cut\"", "\"round\"")) {
      assertTrue(all.contains(part), part);
    }
  }

  @Test
  void labelReveal_givesTheClassAndNoLogits() throws IOException {
    for (String split : List.of("2", "all")) {
      JsonNode run =
          json(
              "infer",
              "--model",
              "mnist-mlp",
              "--input",
              digit(8),
              "--split",
              split,
              "--reveal",
              "label",
              "--json");
      JsonNode item = run.path("items").path(0);
      assertEquals("label", run.path("reveal").asText());
      assertEquals(8, item.path("prediction").asInt());
      assertTrue(item.path("matchesClear").asBoolean());
      assertFalse(item.has("logits") || item.has("fixedPointLogits"), item.toString());
    }
  }

  @Test
  void doctor_namesWhatItFound() {
    Call call = Call.of("doctor");
    assertEquals(0, call.code(), call.err());
    for (String part : List.of("JDK", "AES", "million blocks/s", "ML-KEM", "ring products")) {
      assertTrue(call.out().contains(part), part);
    }
  }

  @Test
  void explain_showsWhoSeesWhat_andSaysInsecure() {
    String[] model = {"explain", "--model", "mnist-mlp", "--input", digit(3), "--split", "2"};
    String[] layers = {"1", "F·r − s", "2", "x' − d", "3", "E^A", "4", "ŷ"};
    for (int i = 0; i < layers.length; i += 2) {
      List<String> arguments = new ArrayList<>(List.of(model));
      arguments.addAll(List.of("--layer", layers[i]));
      Call call = Call.of(arguments.toArray(String[]::new));
      assertEquals(0, call.code(), call.err());
      for (String part : List.of("INSECURE", layers[i + 1], "seen by nobody", "seen by gateway")) {
        assertTrue(call.out().contains(part), part + " in " + call.out());
      }
    }
    assertFailure(
        2, "layer", "explain", "--model", "mnist-mlp", "--input", digit(3), "--layer", "9");
  }

  private static List<String> names(JsonNode parties) {
    return parties.propertyStream().map(java.util.Map.Entry::getKey).toList();
  }

  private static JsonNode json(String command, String... options) throws IOException {
    String[] arguments = new String[options.length + 1];
    arguments[0] = command;
    System.arraycopy(options, 0, arguments, 1, options.length);
    Call call = Call.of(arguments);
    assertEquals(0, call.code(), call.err());
    return new ObjectMapper().readTree(call.out());
  }

  @Test
  void sweep_writesOneRowForEachSplitAndNumberOfServers() throws IOException {
    Path csv = folder.resolve("sweep.csv");
    Call call =
        Call.of(
            "sweep",
            "--model",
            "mnist-mlp",
            "--input",
            digit(5),
            "--splits",
            "0,4",
            "--remote-servers",
            "2..3",
            "--out",
            csv.toString(),
            "--plot",
            folder.resolve("sweep.svg").toString());
    assertEquals(0, call.code(), call.err());
    String plot = Files.readString(folder.resolve("sweep.svg"));
    assertTrue(plot.contains("<svg") && plot.contains("</svg>"), plot);
    List<String> lines = Files.readAllLines(csv);
    assertEquals(5, lines.size());
    int columns = lines.getFirst().split(",", -1).length;
    for (String line : lines.subList(1, 5)) {
      assertEquals(columns, line.split(",", -1).length);
      assertTrue(line.startsWith("seco,") && line.contains(",true,"), line);
    }
  }

  @Test
  void seededRun_isReproducible_andSaysInsecure() throws IOException {
    String[] arguments = {
      "infer", "--model", "mnist-mlp", "--input", digit(6), "--seed", "00ff", "--json"
    };
    Call call = Call.of(arguments);
    assertEquals(0, call.code(), call.err());
    assertTrue(call.err().contains("INSECURE"));
    assertTrue(
        new ObjectMapper().readTree(call.out()).path("notice").asText().contains("INSECURE"));
    assertTrue(
        Call.of("infer", "--model", "mnist-mlp", "--input", digit(6), "--seed", "00ff")
            .out()
            .contains("INSECURE"));
  }

  @Test
  void paddedResults_areReported_onTimeOrTooLate() throws IOException {
    String[] options = {"--model", "mnist-mlp", "--input", digit(1), "--json", "--pad-online"};
    JsonNode tooShort = json("infer", append(options, "1"));
    assertEquals(1, tooShort.path("padOnlineMillis").asInt());
    assertEquals(1, tooShort.path("resultsLate").asInt());
    JsonNode setup = json("infer", append(append(append(options, "1"), "--pad-setup"), "1"));
    assertEquals(1, setup.path("padSetupMillis").asInt());
    assertEquals(1, setup.path("setupsLate").asInt());
    JsonNode padded =
        json("infer", append(append(append(options, "3000"), "--network"), "100Mbit,20ms"));
    assertEquals(1, padded.path("resultsOnTime").asInt() + padded.path("resultsLate").asInt());
    assertTrue(padded.path("networkSimulated").asBoolean());
    assertTrue(padded.path("userWaitingMillis").asDouble() >= 3020);
  }

  private static String[] append(String[] arguments, String last) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void wrongCommandLines_endWithTwo() {
    assertFailure(2, "split", "infer", "--model", "mnist-mlp", "--input", digit(3), "--split", "3");
    assertFailure(
        2, "--split", "infer", "--model", "mnist-mlp", "--input", digit(3), "--split", "x");
    assertFailure(
        2, "remote", "infer", "--model", "mnist-mlp", "--input", digit(3), "--remote-servers", "1");
    assertFailure(
        2, "protocol", "infer", "--model", "mnist-mlp", "--input", digit(3), "--protocol", "none");
    assertFailure(2, "--seed", "infer", "--model", "mnist-mlp", "--input", digit(3), "--seed", "z");
    assertFailure(
        2, "--network", "infer", "--model", "mnist-mlp", "--input", digit(3), "--network", "fast");
    assertFailure(2, "--input", "infer", "--model", "mnist-mlp");
    assertFailure(
        2,
        "--pad-online",
        "infer",
        "--model",
        "mnist-mlp",
        "--input",
        digit(3),
        "--split",
        "all",
        "--pad-online",
        "9");
    assertFailure(
        2, "--count", "infer", "--model", "mnist-mlp", "--input", digit(3), "--count", "0");
    assertFailure(
        2, "--splits", "sweep", "--model", "mnist-mlp", "--input", digit(3), "--splits", "1");
    assertFailure(
        2, "--ring-bits", "infer", "--model", "mnist-mlp", "--input", digit(3), "--ring-bits", "9");
  }

  @Test
  void sweepOfAllSplits_leavesOutWhatTheProtocolCannotRun_andSaysWhy() {
    Call call =
        Call.of("sweep", "--model", "mnist-mlp", "--input", digit(3), "--protocol", "delphi");
    assertEquals(0, call.code(), call.err());
    assertEquals(2, call.out().lines().count(), call.out());
    assertTrue(call.out().lines().toList().getLast().startsWith("delphi,5,"), call.out());
    for (int cut : new int[] {0, 2, 4}) {
      String line = "left out: split: expected all for delphi, got " + cut + " of 5 layers";
      assertTrue(call.err().contains(line), call.err());
    }
    assertFailure(
        2,
        "split",
        "sweep",
        "--model",
        "mnist-mlp",
        "--input",
        digit(3),
        "--protocol",
        "delphi",
        "--splits",
        "2,5");
  }

  @Test
  void unusableFiles_endWithThree() {
    assertFailure(3, "missing.onnx", "infer", "--model", "missing.onnx", "--input", digit(3));
    String words = folder.resolve("words.onnx").toString();
    assertFailure(3, "words.onnx", "infer", "--model", words, "--input", digit(3));
    assertFailure(3, "words.onnx", "infer", "--model", "mnist-mlp", "--input", words);
    assertFailure(
        3, "digit-3.png", "infer", "--model", "mnist-mlp", "--input", digit(3), "--index", "5");
  }

  /** One line that names the culprit, nothing on standard output, no stack trace. */
  private static void assertFailure(int code, String culprit, String... arguments) {
    Call call = Call.of(arguments);
    assertEquals(code, call.code(), call.err());
    assertEquals("", call.out());
    String message = call.err().replaceAll("(?m)^(Try|INSECURE).*\\R", "");
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("seco: "), message);
    assertTrue(message.contains(culprit), message);
    assertFalse(message.contains("\tat "), message);
  }
}
