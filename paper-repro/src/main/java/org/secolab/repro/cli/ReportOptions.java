package org.secolab.repro.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.report.Page;
import org.secolab.repro.view.ViewRecorder;
import picocli.CommandLine.Option;

/** Whether a run is recorded, and where. */
final class ReportOptions {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Record the run into a new folder: report.html with its charts, run.json, and every"
              + " party's view, secrets included;"
              + " read them with 'seco view DIR'.")
  private @Nullable Path folder;

  @Option(
      names = "--report-raw",
      description = "With --report: record also every byte sent and the parties' parts.")
  private boolean raw;

  /** A run that can be recorded. */
  @FunctionalInterface
  interface Recordable {
    Outcome run(RunOptions options, RandomSource random) throws ProtocolAbortException;
  }

  /**
   * Runs, and records if that was asked for: the whole folder or nothing.
   *
   * @param summary the content of run.json
   * @param page report.html and the files beside it
   */
  Outcome run(
      String protocol,
      SplitPlan split,
      RunOptions options,
      RandomSource random,
      Recordable recordable,
      Function<Outcome, ObjectNode> summary,
      Function<Outcome, Page> page)
      throws ProtocolAbortException {
    if (folder == null) {
      if (raw) {
        throw new IllegalArgumentException("--report-raw: expected --report DIR with it");
      }
      return recordable.run(options, random);
    }
    List<Outcome> result = new ArrayList<>(1);
    NewFolder.<ProtocolAbortException>write(
        "--report",
        folder,
        target -> {
          try (ViewRecorder recorder = new ViewRecorder(target, protocol, split.parties(), raw)) {
            Outcome outcome =
                recordable.run(options.recordedBy(recorder), recorder.witness(random));
            recorder.values(SplitPlan.USER, "inputs", outcome.inputs());
            recorder.values(SplitPlan.USER, "outputs", outcome.report().outputs());
            ObjectNode run = summary.apply(outcome);
            ArrayNode views = run.putArray("views");
            recorder.finish().forEach(views::add);
            MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValue(target.resolve("run.json").toFile(), run);
            for (Map.Entry<String, String> file :
                page.apply(outcome).files("report.html").entrySet()) {
              Files.writeString(target.resolve(file.getKey()), file.getValue());
            }
            result.add(outcome);
          } catch (UncheckedIOException e) {
            throw new IOException(e);
          }
        });
    return result.getFirst();
  }
}
