package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.repro.experiment.Experiment;
import org.secolab.repro.experiment.Measurement;
import org.secolab.repro.experiment.Point;
import org.secolab.repro.experiment.ReproPage;
import org.secolab.repro.experiment.Results;
import org.secolab.repro.experiment.Runs;
import org.secolab.repro.experiment.Scale;
import org.secolab.repro.experiment.Sweep;
import org.secolab.repro.report.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seco repro}: the paper's tables and figures, and other experiments. */
@Command(
    name = "repro",
    description =
        "The paper's tables and figures: ours beside the printed figure, as one HTML page, CSV and"
            + " SVG. Goes on where it was broken off.",
    mixinStandardHelpOptions = true,
    subcommands = {ReproCommand.Jobs.class, ReproCommand.Job.class, ReproCommand.Collect.class})
final class ReproCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description =
          "all, table2, table4 to table7, fig4 to fig7, prediction, or one of your own (default:"
              + " all).")
  private String experiment = "all";

  @Option(
      names = "--scale",
      defaultValue = "SMALL",
      description = "small: minutes; full: the paper's ResNet32, hours (default: small).")
  private Scale scale = Scale.SMALL;

  @Option(names = "--out", paramLabel = "DIR", description = "Where results go.")
  private @Nullable Path out;

  @Option(
      names = "--parallel",
      defaultValue = "1",
      paramLabel = "N",
      description = "Points at a time; times are comparable at 1 only (default: 1).")
  private int parallel = 1;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call()
      throws IOException,
          InputFormatException,
          ModelFormatException,
          ProtocolAbortException,
          InterruptedException {
    if (out == null) {
      throw new IllegalArgumentException("expected --out, got none");
    }
    if (parallel < 1 || parallel > 64) {
      throw new IllegalArgumentException("--parallel: expected 1 to 64, got " + parallel);
    }
    List<Experiment> experiments = named(experiment);
    PrintWriter err = writers(spec).getErr();
    Runs runs =
        Sweep.run(
            points(experiments, scale),
            new Results(out),
            parallel,
            (run, done, total) ->
                err.printf(
                    Locale.ROOT,
                    "%d/%d %s: equals plaintext: %s%n",
                    done,
                    total,
                    run.point().id(),
                    run.equalsPlaintext() ? "yes" : "NO"));
    return page(experiments, scale, runs, out, writers(spec).getOut());
  }

  private static picocli.CommandLine writers(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    return spec.commandLine();
  }

  private static List<Experiment> named(String name) {
    List<Experiment> all = Experiment.all();
    List<Experiment> chosen =
        name.equals("all") ? all : all.stream().filter(e -> e.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "expected all or one of "
              + all.stream().map(Experiment::name).collect(Collectors.joining(", "))
              + ", got "
              + name);
    }
    return chosen;
  }

  private static List<Point> points(List<Experiment> experiments, Scale scale) {
    return experiments.stream().flatMap(e -> e.points(scale).stream()).distinct().toList();
  }

  private static int page(
      List<Experiment> experiments, Scale scale, Runs runs, Path out, PrintWriter print)
      throws IOException, ModelFormatException {
    for (Map.Entry<String, String> file :
        ReproPage.of(experiments, scale, runs).files("index.html").entrySet()) {
      Results.write(out.resolve(file.getKey()), file.getValue());
    }
    print.println(out.resolve("index.html"));
    return runs.all().stream().allMatch(Measurement::equalsPlaintext)
        ? ExitCodes.DONE
        : ExitCodes.WRONG_RESULT;
  }

  /** {@code seco repro jobs}: one JSON file for each point, for a scheduler. */
  @Command(
      name = "jobs",
      description = "Writes one JSON file for each point, for any scheduler; prints their names.",
      mixinStandardHelpOptions = true)
  static final class Jobs implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "all, or one.")
    private String experiment = "all";

    @Option(names = "--scale", defaultValue = "SMALL", description = "small or full.")
    private Scale scale = Scale.SMALL;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Results folder.")
    private Path out = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      for (Point point : points(named(experiment), scale)) {
        writers(spec).getOut().println(new Results(out).writeJob(point));
      }
      return ExitCodes.DONE;
    }
  }

  /** {@code seco repro job}: one point. */
  @Command(
      name = "job",
      description = "Runs one point and writes its result; nothing is written if it fails.",
      mixinStandardHelpOptions = true)
  static final class Job implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "JOB.json", description = "The point.")
    private Path job = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "F", description = "The result's file.")
    private Path out = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call()
        throws IOException, InputFormatException, ModelFormatException, ProtocolAbortException {
      Measurement measurement = Measurement.of(Results.readJob(job));
      Results.write(out, Results.json(measurement));
      writers(spec)
          .getOut()
          .printf(
              "%s: equals plaintext: %s; result after %s%n",
              measurement.point().id(),
              measurement.equalsPlaintext() ? "yes" : "NO",
              Units.millis(measurement.userWaitingMillis()));
      return measurement.equalsPlaintext() ? ExitCodes.DONE : ExitCodes.WRONG_RESULT;
    }
  }

  /** {@code seco repro collect}: the page of whatever is finished. */
  @Command(
      name = "collect",
      description = "Makes the page of all finished points in DIR/points, and runs nothing.",
      mixinStandardHelpOptions = true)
  static final class Collect implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Results folder.")
    private Path folder = Path.of("");

    @Option(names = "--scale", defaultValue = "SMALL", description = "small or full.")
    private Scale scale = Scale.SMALL;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InputFormatException, ModelFormatException {
      List<Measurement> all = new ArrayList<>(new Results(folder).all());
      if (all.isEmpty()) {
        throw new InputFormatException(
            folder.resolve("points").toString(), "expected finished points, got none");
      }
      return page(Experiment.all(), scale, new Runs(all), folder, writers(spec).getOut());
    }
  }
}
