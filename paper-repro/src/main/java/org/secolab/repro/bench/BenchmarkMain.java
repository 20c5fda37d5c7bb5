package org.secolab.repro.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs one set of benchmarks in this JVM or its forks and writes the rows as JSON. Started by
 * {@code seco bench} with the class path, not the module path.
 */
public final class BenchmarkMain {
  private static final double NANOS_PER_SECOND = 1e9;

  private BenchmarkMain() {}

  /**
   * Runs a set.
   *
   * @param arguments the set's name, {@code quick} or {@code full}, and the file to write to
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    List<BenchmarkRow> rows = new ArrayList<>(BenchmarkRow.CALIBRATION);
    rows.addAll(rows(arguments[0]));
    // One row after the other, in the order of the report: what all rest on is compiled first.
    Collection<RunResult> results = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (BenchmarkRow row : rows) {
      if (done.add(row.benchmark())) {
        results.addAll(new Runner(options(row, arguments[1].equals("quick"))).run());
      }
    }
    Files.writeString(Path.of(arguments[2]), report(rows, results).toPrettyString());
  }

  private static Options options(BenchmarkRow row, boolean quick) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(row.pattern())
            .mode(Mode.AverageTime)
            .addProfiler(CpuTimeProfiler.class)
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("--add-modules", "jdk.incubator.vector", "-Xmx2g")
            .shouldFailOnError(true);
    if (quick) {
      // All in this JVM, so that what they share is compiled once.
      options.forks(0).warmupIterations(3).warmupTime(TimeValue.milliseconds(250));
      options.measurementIterations(5).measurementTime(TimeValue.milliseconds(100));
    } else {
      options.forks(3).warmupIterations(5).warmupTime(TimeValue.milliseconds(500));
      options.measurementIterations(10).measurementTime(TimeValue.milliseconds(300));
    }
    return options.build();
  }

  /** The rows of a set, without the calibration. */
  static List<BenchmarkRow> rows(String set) {
    return switch (set) {
      case "lattice" -> BenchmarkRow.LATTICE;
      case "garbling" -> BenchmarkRow.GARBLING;
      case "ot" -> BenchmarkRow.OT;
      case "inference" -> BenchmarkRow.INFERENCE;
      default ->
          throw new IllegalArgumentException("expected a set of benchmarks, got \"" + set + "\"");
    };
  }

  private static ArrayNode report(List<BenchmarkRow> rows, Collection<RunResult> results) {
    double aes = nanos(find(rows, BenchmarkRow.AES, results).getFirst());
    double reference = nanos(find(rows, BenchmarkRow.REFERENCE, results).getFirst());
    ArrayNode report = new ObjectMapper().createArrayNode();
    for (BenchmarkRow row : rows) {
      for (RunResult result : find(rows, row.name(), results)) {
        ObjectNode node = report.addObject();
        node.put("name", row.name());
        ObjectNode parameters = node.putObject("parameters");
        BenchmarkParams given = result.getParams();
        new TreeSet<>(given.getParamsKeys())
            .forEach(key -> parameters.put(key, given.getParam(key)));
        double nanos = row.operations() * nanos(result);
        if (row.name().equals(BenchmarkRow.AES)) {
          node.put("value", NANOS_PER_SECOND / nanos).put("unit", "blocks/s");
        } else if (!row.rate().isEmpty()) {
          node.put("value", NANOS_PER_SECOND / nanos).put("unit", row.rate() + "/s");
          node.put("fractionOfAesPermutation", aes / nanos);
        } else {
          node.put("value", nanos / 1000).put("unit", "us");
          node.put("timesAesPermutation", nanos / aes);
          node.put("timesNttForwardReference", nanos / reference);
        }
        node.put("bytesAllocated", row.operations() * secondary(result, "gc.alloc.rate.norm"));
      }
    }
    return report;
  }

  private static List<RunResult> find(
      List<BenchmarkRow> rows, String name, Collection<RunResult> results) {
    String benchmark =
        rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow().benchmark();
    List<RunResult> found =
        results.stream()
            .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("expected a result of " + benchmark + ", got none");
    }
    return found;
  }

  /** By a benchmark's own books where it keeps some, else by the profiler. */
  private static double nanos(RunResult result) {
    if (result.getSecondaryResults().containsKey("cpuNanos")) {
      return secondary(result, "cpuNanos") / secondary(result, "operations");
    }
    return secondary(result, CpuTimeProfiler.RESULT);
  }

  private static double secondary(RunResult result, String name) {
    Result<?> value = result.getAggregatedResult().getSecondaryResults().get(name);
    if (value == null) {
      throw new AssertionError("expected " + name + " beside the time, got nothing");
    }
    return value.getScore();
  }
}
