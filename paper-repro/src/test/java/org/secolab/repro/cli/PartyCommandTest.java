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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ParameterSet;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.deploy.PartFormatException;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.SplitPlan;

/** {@code deploy}, {@code deployment init} and {@code party}, as people and scripts see them. */
final class PartyCommandTest {
  private static final String MODEL = "mnist-mlp";

  @TempDir private static Path folder;
  private static Path deployment;

  private record Call(int code, String out, String err) {
    static Call of(Object... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
      int code = Seco.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
      return new Call(code, out.toString(), err.toString());
    }

    void assertRefused(int expectedCode, String what) {
      assertEquals(expectedCode, code, err);
      assertTrue(err.contains(what), err);
      assertEquals(1, err.lines().filter(line -> line.startsWith("seco: ")).count(), err);
      assertFalse(err.contains("\tat "), err);
    }
  }

  @BeforeAll
  static void writeDeployment() throws IOException {
    try (InputStream in = BundledModels.digit(3)) {
      Files.copy(in, folder.resolve("3.png"));
    }
    deployment = folder.resolve("deployment/deployment.json");
    Call call = Call.of("deployment", "init", deployment.getParent(), "--model", MODEL);
    assertEquals(0, call.code(), call.err());
    assertEquals(
        4, call.out().lines().filter(line -> line.startsWith("seco party")).count(), call.out());
  }

  @Test
  void fourParties_giveTheOutputOfPlaintext() throws Exception {
    Map<String, CompletableFuture<Call>> calls = new LinkedHashMap<>();
    for (String name : List.of("gateway", "remote1", "remote2")) {
      calls.put(
          name,
          CompletableFuture.supplyAsync(
              () -> Call.of("party", "--deployment", deployment, "--name", name),
              command -> Thread.ofPlatform().start(command)));
    }
    Call user =
        Call.of(
            "party",
            "--deployment",
            deployment,
            "--name",
            "user",
            "--json",
            "--input",
            folder.resolve("3.png"));
    assertEquals(0, user.code(), user.err());
    for (Map.Entry<String, CompletableFuture<Call>> entry : calls.entrySet()) {
      Call call = entry.getValue().get(60, TimeUnit.SECONDS);
      assertEquals(0, call.code(), entry.getKey() + ": " + call.err());
      assertTrue(call.out().contains(entry.getKey() + " "), call.out());
    }
    Call clear =
        Call.of(
            "infer",
            "--protocol",
            "clear",
            "--model",
            MODEL,
            "--json",
            "--input",
            folder.resolve("3.png"));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode found = mapper.readTree(user.out()).path("items").path(0);
    JsonNode expected = mapper.readTree(clear.out()).path("items").path(0);
    assertEquals(3, found.path("prediction").asInt());
    assertEquals(10, expected.path("fixedPointLogits").size());
    assertEquals(expected.path("fixedPointLogits"), found.path("fixedPointLogits"));
    assertEquals(expected.path("logits"), found.path("logits"));
    assertTrue(
        mapper
                .readTree(user.out())
                .path("parties")
                .path("user")
                .path("online")
                .path("bytesSent")
                .asLong()
            > 0);
    assertTrue(mapper.readTree(user.out()).path("floodedCoefficients").asLong() > 0, user.out());
    assertTrue(
        mapper.readTree(user.out()).path("statisticalDistanceLog2").asDouble() <= -40, user.out());
  }

  /** What a party says of flooding in JSON. */
  private static long flooded(Call call) throws IOException {
    assertEquals(0, call.code(), call.err());
    return new ObjectMapper().readTree(call.out()).path("floodedCoefficients").asLong();
  }

  /** Runs all four parties with the same further arguments, and some with their own as well. */
  private static Map<String, Call> allParties(List<?> arguments, Map<String, List<?>> own)
      throws Exception {
    Map<String, CompletableFuture<Call>> calls = new LinkedHashMap<>();
    for (String name : List.of("user", "gateway", "remote1", "remote2")) {
      List<Object> all = new ArrayList<>(List.of("party", "--deployment", deployment));
      all.addAll(List.of("--name", name));
      all.addAll(arguments);
      all.addAll(own.getOrDefault(name, List.of()));
      calls.put(
          name,
          CompletableFuture.supplyAsync(
              () -> Call.of(all.toArray()), command -> Thread.ofPlatform().start(command)));
    }
    Map<String, Call> finished = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<Call>> entry : calls.entrySet()) {
      finished.put(entry.getKey(), entry.getValue().get(120, TimeUnit.SECONDS));
    }
    return finished;
  }

  @Test
  void materialMadeAhead_isUsedInALaterRun_once() throws Exception {
    Path stores = folder.resolve("stores");
    List<?> store = List.of("--store", stores);
    allParties(List.of("--store", stores, "--prepare", 1), Map.of())
        .forEach(
            (name, call) -> {
              assertEquals(0, call.code(), name + ": " + call.err());
              assertTrue(call.out().contains("1 prepared inferences left"), call.out());
            });
    Call listed = Call.of("store", stores);
    assertEquals(0, listed.code(), listed.err());
    assertEquals(4, listed.out().lines().filter(line -> line.matches("\\w+ +1 .*seco.*")).count());
    Map<String, List<?>> digit = Map.of("user", List.of("--input", folder.resolve("3.png")));
    Map<String, Call> used = allParties(store, digit);
    used.forEach((name, call) -> assertEquals(0, call.code(), name + ": " + call.err()));
    assertTrue(used.get("user").out().contains("prediction 3"), used.get("user").out());
    allParties(store, digit)
        .forEach(
            (name, call) ->
                call.assertRefused(
                    ExitCodes.BAD_FILE,
                    stores.resolve(name)
                        + ": expected 1 prepared inferences that all parties hold, 0 are left"));

    // Keys outlive runs, so what is flooded under them adds up over runs.
    Map<String, Call> second =
        allParties(List.of("--store", stores, "--prepare", 1, "--json"), Map.of());
    long twice = flooded(second.get("gateway"));
    assertEquals(twice, flooded(second.get("user")) + flooded(second.get("remote1")));
    String once = String.format("noise flooding: %,d coefficients,", twice / 2);
    assertTrue(used.get("gateway").out().contains(once), used.get("gateway").out());
    String warning = "gateway: warning: 2 inferences under the keys of one store";
    assertTrue(second.get("gateway").err().contains(warning), second.get("gateway").err());
    assertFalse(used.get("gateway").err().contains("warning"), used.get("gateway").err());
  }

  /** The user waits for the pad and for the way there and back, the time on its own clock. */
  @Test
  void gatewayWithAPad_holdsTheResultBack_overASimulatedNetworkToo() throws Exception {
    int pad = 2500;
    int roundTrip = 20;
    Map<String, Call> calls =
        allParties(
            List.of("--json", "--network", "100Mbit," + roundTrip + "ms"),
            Map.of(
                "user", List.of("--input", folder.resolve("3.png")),
                "gateway", List.of("--pad-online", pad)));
    calls.forEach((name, call) -> assertEquals(0, call.code(), name + ": " + call.err()));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode user = mapper.readTree(calls.get("user").out());
    assertEquals(3, user.path("items").path(0).path("prediction").asInt());
    assertTrue(user.path("userWaitingMillis").asDouble() >= pad + roundTrip, user::toString);
    assertFalse(user.has("padOnlineMillis"));
    JsonNode gateway = mapper.readTree(calls.get("gateway").out());
    assertEquals(pad, gateway.path("padOnlineMillis").asInt());
    assertEquals(1, gateway.path("resultsOnTime").asInt() + gateway.path("resultsLate").asInt());
  }

  @Test
  void deploy_writesOnePartForEachParty_thatInitTakes() throws PartFormatException, IOException {
    Path parts = folder.resolve("parts");
    Call call =
        Call.of(
            "deploy", "--model", MODEL, "--split", "2", "--remote-servers", "3", "--out", parts);
    assertEquals(0, call.code(), call.err());
    DeployedModel read =
        new DeployedModel(
            PartFile.readUser(parts.resolve("user.part")),
            PartFile.readServer(parts.resolve("gateway.part"), SplitPlan.GATEWAY),
            List.of(remote(parts, 1), remote(parts, 2), remote(parts, 3)));
    assertEquals(MODEL, read.join().name());
    Call again = Call.of("deploy", "--model", MODEL, "--out", parts);
    again.assertRefused(ExitCodes.USAGE, "--out: expected a new or empty folder, got " + parts);

    Path other = folder.resolve("from-parts");
    assertEquals(0, Call.of("deployment", "init", other, "--parts", parts).code());
    try (Stream<Path> files = Files.list(other)) {
      assertEquals(6, files.count());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".")));
    }
  }

  private static ServerPart remote(Path parts, int j) throws PartFormatException {
    return PartFile.readServer(parts.resolve("remote" + j + ".part"), SplitPlan.remote(j));
  }

  @Test
  void wrongCalls_getOneLine() throws IOException {
    Call.of("deployment").assertRefused(ExitCodes.USAGE, "expected the subcommand init");
    Call.of("deployment", "init", folder.resolve("new"), "--model", "nothing")
        .assertRefused(ExitCodes.USAGE, "--model: expected one of");
    assertFalse(Files.exists(folder.resolve("new")));
    Call.of("deploy", "--model", MODEL, "--protocol", "clear", "--out", folder.resolve("new"))
        .assertRefused(ExitCodes.USAGE, "--protocol: expected seco");
    Call.of("party", "--deployment", folder.resolve("nowhere.json"), "--name", "user")
        .assertRefused(ExitCodes.BAD_FILE, "expected a deployment file, got none");
    Call.of("party", "--deployment", deployment, "--name", "remote3")
        .assertRefused(ExitCodes.USAGE, "expected one of [user, gateway, remote1, remote2]");
    Call.of("party", "--deployment", deployment, "--name", "user")
        .assertRefused(ExitCodes.USAGE, "expected --input, got none");
    Call.of("party", "--deployment", deployment, "--name", "remote1", "--input", "x.png")
        .assertRefused(ExitCodes.USAGE, "--input: expected for the user only");
    Call.of("party", "--deployment", deployment, "--name", "remote1", "--prepare", 2)
        .assertRefused(ExitCodes.USAGE, "--prepare: expected --store DIR with it");
    Call.of("party", "--deployment", deployment, "--name", "remote1", "--pad-online", 9)
        .assertRefused(
            ExitCodes.USAGE, "--pad-online: expected for the gateway only, got it for remote1");
    Call.of("party", "--deployment", deployment, "--name", "user", "--pad-online", 9)
        .assertRefused(
            ExitCodes.USAGE, "--pad-online: expected for the gateway only, got it for user");
    Call.of("party", "--deployment", deployment, "--name", "remote2", "--pad-setup", 9)
        .assertRefused(
            ExitCodes.USAGE, "--pad-setup: expected for the gateway only, got it for remote2");
    Call.of("party", "--deployment", deployment, "--name", "gateway", "--pad-setup", -1)
        .assertRefused(ExitCodes.USAGE, "--pad-setup: expected at least 1 millisecond, got -1");
    Call.of("party", "--deployment", deployment, "--name", "gateway", "--pad-online", 0)
        .assertRefused(ExitCodes.USAGE, "--pad-online: expected at least 1 millisecond, got 0");
    Call.of(
            "party",
            "--deployment",
            deployment,
            "--name",
            "gateway",
            "--pad-online",
            9,
            "--store",
            folder.resolve("new"),
            "--prepare",
            1)
        .assertRefused(ExitCodes.USAGE, "--pad-online: expected none with --prepare");
    assertFalse(Files.exists(folder.resolve("new")));
    Call.of("store", folder).assertRefused(ExitCodes.USAGE, "DIR: expected a folder with stores");
    Call.of("party", "--deployment", deployment, "--name", "gateway", "--patience", "1")
        .assertRefused(ExitCodes.ABORTED, "no link within 1 s");
  }

  @Test
  void damagedDeploymentFile_isNamed() throws IOException {
    String good = Files.readString(deployment);
    Path broken = folder.resolve("broken.json");
    Map<String, String> refusals =
        Map.of(
            "not json",
            "expected JSON",
            good.replace("seco-deployment", "shopping-list"),
            "expected \"format\"",
            good.replace("localhost:", "localhost;"),
            "expected an address host:port",
            good.replaceFirst("\"certificateSha256\" : \"..", "\"certificateSha256\" : \"XY"),
            "expected a SHA-256 fingerprint",
            good.replace("remote2", "remote1"),
            "different names");
    for (Map.Entry<String, String> entry : refusals.entrySet()) {
      Files.writeString(broken, entry.getKey());
      Call call = Call.of("party", "--deployment", broken, "--name", "user");
      call.assertRefused(ExitCodes.BAD_FILE, entry.getValue());
      assertTrue(call.err().contains(broken.toString()), call.err());
    }
  }

  @Test
  void partOfAnotherDeployment_orWithInsecureParameters_isRefused() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(deployment, copy.resolve("deployment.json"));
    FixedModel model =
        Quantiser.quantise(BundledModels.open(MODEL), 9, InputRange.UNIT, new RangePolicy.Proven())
            .model();
    ParameterSet toy =
        new ParameterSet(BfvParametersSpec.insecureToy(256, 45, 3, model.modulus().value()), 20);
    DeployedModel deployed =
        DeployedModel.cut(model, new SplitPlan(2, 2), toy, toy, new SystemRandom());
    Part gateway = deployed.gateway();
    Path own = Files.createDirectory(copy.resolve("gateway"));
    PartFile.write(own.resolve("gateway.part"), gateway);
    Call.of("party", "--deployment", copy.resolve("deployment.json"), "--name", "gateway")
        .assertRefused(ExitCodes.BAD_FILE, "expected a part of deployment");
    String text = Files.readString(deployment);
    String hash = new ObjectMapper().readTree(text).path("model").asText();
    Files.writeString(
        copy.resolve("deployment.json"), text.replace(hash, gateway.header().model().hex()));
    Call.of("party", "--deployment", copy.resolve("deployment.json"), "--name", "gateway")
        .assertRefused(ExitCodes.BAD_FILE, "expected secure parameters, got INSECURE");
  }
}
