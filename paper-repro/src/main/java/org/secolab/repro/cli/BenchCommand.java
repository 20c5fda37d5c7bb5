package org.secolab.repro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.secolab.repro.experiment.Provenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seco bench}: runs a set of benchmarks in a JVM of its own. */
@Command(
    name = "bench",
    description = "CPU time per operation, by JMH; compare only figures of one run.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  /** What can be run. */
  enum BenchSet {
    LATTICE,
    GARBLING,
    OT,
    INFERENCE
  }

  @Parameters(index = "0", description = "One of ${COMPLETION-CANDIDATES}.")
  private BenchSet set = BenchSet.LATTICE;

  @Option(names = "--quick", description = "One JVM for all, short iterations: under a minute.")
  private boolean quick;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    ObjectMapper mapper = new ObjectMapper();
    Path rows = Files.createTempFile("seco-bench", ".json");
    try {
      int code = runJmh(rows, spec.commandLine().getErr());
      if (code != 0) {
        spec.commandLine().getErr().println("seco: the benchmarks failed, see above");
        return code;
      }
      ObjectNode root = mapper.createObjectNode();
      Provenance here = Provenance.here();
      root.put("machine", here.machine());
      root.put("jdk", here.jdk());
      root.put("commit", here.commit());
      root.set("rows", mapper.readTree(rows.toFile()));
      print(root, spec.commandLine().getOut());
      return ExitCodes.DONE;
    } finally {
      Files.deleteIfExists(rows);
    }
  }

  /**
   * JMH forks with the class path of its JVM; so it gets one with our module path as class path.
   */
  private int runJmh(Path rows, PrintWriter err) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-Xmx2g",
            "-cp",
            classPath(),
            "org.secolab.repro.bench.BenchmarkMain",
            set.name().toLowerCase(Locale.ROOT),
            quick ? "quick" : "full",
            rows.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Progress is for people; standard output may be the JSON.
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("# Benchmark:")) {
          err.println(line);
        }
      }
    }
    return process.waitFor();
  }

  private static String classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    String path = System.getProperty("jdk.module.path", System.getProperty("java.class.path", ""));
    for (String entry : path.split(File.pathSeparator, -1)) {
      // A folder of a module path may be one of modules.
      Path folder = Path.of(entry);
      if (Files.isDirectory(folder) && !Files.exists(folder.resolve("module-info.class"))) {
        try (Stream<Path> jars = Files.list(folder)) {
          jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).forEach(entries::add);
        }
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private void print(ObjectNode root, PrintWriter out) {
    if (json) {
      out.println(root.toPrettyString());
      return;
    }
    out.printf(
        "%s, JDK %s, commit %s%n%n",
        root.get("machine").asText(), root.get("jdk").asText(), root.get("commit").asText());
    out.printf(
        "%-24s %-18s %14s %-9s %15s %15s%n", "", "", "", "", "x ntt.reference", "bytes allocated");
    for (JsonNode row : root.get("rows")) {
      out.printf(
          Locale.ROOT,
          "%-24s %-18s %,14.1f %-9s %15s %,15.0f%n",
          row.get("name").asText(),
          parameters(row.get("parameters")),
          row.get("value").asDouble(),
          row.get("unit").asText(),
          row.has("timesNttForwardReference")
              ? String.format(Locale.ROOT, "%.2f", row.get("timesNttForwardReference").asDouble())
              : "",
          row.get("bytesAllocated").asDouble());
    }
  }

  private static String parameters(JsonNode parameters) {
    List<String> parts = new ArrayList<>();
    parameters
        .properties()
        .forEach(entry -> parts.add(entry.getKey() + "=" + entry.getValue().asText()));
    return String.join(" ", parts);
  }
}
